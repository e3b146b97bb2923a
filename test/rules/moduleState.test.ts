import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSources } from './sources.ts';

describe('A module', () => {
  it('has no variable of its own: what changes belongs to an object that somebody holds', async () => {
    const found = [...(await readSources('src', '.ts'))].flatMap(([path, text]) =>
      [...text.matchAll(/^(?:export )?(?:let|var) (\w+)/gm)].map(([, name]) => `${path}: ${name}`),
    );
    assert.deepEqual(found, []);
  });
});
