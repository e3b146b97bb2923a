import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { readSources } from './sources.ts';

const files = await readDemo();

/** The names that the demo gives its parts, file names among them; common words of such a project left out. */
function namesOfTheDemo(): string[] {
  const common = ['Info', 'Makefile', 'README', 'kmod'];
  const stems = [...files.keys()].map(file => file.split('.')[0] ?? file).filter(stem => !common.includes(stem));
  return [...new Set([...Object.values(demoNames(files)), ...stems])];
}

function mentions(sources: ReadonlyMap<string, string>): string[] {
  const names = namesOfTheDemo();
  return [...sources].flatMap(([path, text]) =>
    names.filter(name => text.toLowerCase().includes(name.toLowerCase())).map(name => `${path}: ${name}`),
  );
}

describe('nothing is made for the demo', () => {
  it('no name of its parts stands under src', async () => {
    assert.deepEqual(mentions(await readSources('src', '.ts')), []);
  });

  it('nor in the Simulated Mac', async () => {
    assert.deepEqual(
      mentions(await readSources('media/simulated-mac', '.cpp', '.h', '.c', '.mk', 'Makefile', '.md')),
      [],
    );
  });

  it('and the names are those of its classes, its bundle and its process', () => {
    const declared = [...files.values()].flatMap(text =>
      [...text.matchAll(/OSDeclare\w+\((\w+)\)/g)].map(match => match[1]),
    );
    assert.ok(declared.length >= 3);
    for (const name of declared) assert.ok(name !== undefined && namesOfTheDemo().includes(name), name);
    for (const name of namesOfTheDemo()) assert.ok(name.length >= 4, `"${name}" is too short to look for`);
  });
});
