import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PartNotRead, readPart } from '../../../../src/ui/work/readPart.ts';

describe('A part of the code that is read later', () => {
  it('is given as it is', async () => {
    const { sep } = await readPart(() => import('node:path'));
    assert.equal(sep, '/');
  });

  it('says what helps where it is there no more', async () => {
    await assert.rejects(
      readPart(() => import('./no-such-part.mjs' as string)),
      error => {
        assert.ok(error instanceof PartNotRead);
        assert.match(
          error.message,
          /^A part of Kext Dev could not be read\. Reload the window; if that does not help, install it again: Cannot find module .*no-such-part/,
        );
        return true;
      },
    );
  });
});
