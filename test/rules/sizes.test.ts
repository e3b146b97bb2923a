import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSources } from './sources.ts';

const longest = 300;

/** `path: lines` for the files that have more. */
function longerThan(limit: number, files: Iterable<readonly [string, string]>): string[] {
  return [...files]
    .map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > limit)
    .map(({ path, lines }) => `${path}: ${lines}`);
}

describe('files stay readable', () => {
  it(`none has more than ${longest} lines`, async () => {
    const folders = ['src', 'test', 'media'];
    const files = await Promise.all(
      folders.map(folder => readSources(folder, '.ts', '.cjs', '.cpp', '.hpp', '.c', '.h')),
    );
    const all = files.flatMap(found => [...found]);
    assert.ok(all.length > 0);
    assert.deepEqual(longerThan(longest, all), []);
  });

  it('the Simulated Mac’s kernel, headers and runtime, stays under 4,000 lines, blank ones not counted', async () => {
    const folders = ['media/simulated-mac/include', 'media/simulated-mac/runtime'];
    const files = await Promise.all(folders.map(folder => readSources(folder, '.h', '.cpp')));
    const lines = files
      .flatMap(found => [...found.values()])
      .flatMap(text => text.split('\n'))
      .filter(line => line.trim() !== '');
    assert.ok(lines.length > 0 && lines.length < 4000, `${lines.length} lines`);
  });

  it('the composition roots and their parts have fewer than 100', async () => {
    const roots = [...(await readSources('src', '.ts'))].filter(([path]) => /^src\/[^/]+$/.test(path));
    assert.deepEqual(
      roots.map(([path]) => path),
      ['src/cli.ts', 'src/editorWorld.ts', 'src/extension.ts', 'src/openKext.ts', 'src/terminalWorld.ts'],
    );
    assert.deepEqual(longerThan(99, roots), []);
  });

  it('half of those under src have fewer than 100', async () => {
    const files = [...(await readSources('src', '.ts'))];
    assert.ok(longerThan(99, files).length <= files.length / 2);
  });
});
