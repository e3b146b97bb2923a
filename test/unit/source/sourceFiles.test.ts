import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, describe, it } from 'node:test';
import { listSourceFiles, readSourceFiles } from '../../../src/source/sourceFiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'kext-dev-sources-'));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const name of [
  'Pump.cpp',
  'Pump.hpp',
  'README.md',
  'Pump.cpp.orig',
  'kmod.c',
  'engine/Engine.CC',
  'engine/deep/er/Engine.h',
  'engine/a.cxx',
  'engine/b.mm',
  'engine/c.hh',
  'build/Made.cpp',
  'engine/DerivedData/Made.cpp',
  'node_modules/x/x.c',
  '.git/hooks/x.c',
  'Pump.kext/Contents/Headers/x.h',
  'Pump.xcodeproj/x.h',
]) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), `// ${name}`);
}
symlinkSync(folder, join(folder, 'engine', 'around'));

const limits = { files: 100, fileSize: 1000, depth: 10 };
const names = (files: readonly string[]) => files.map(file => relative(folder, file));

describe('the sources of a project', () => {
  it('are its C and C++ files, in a fixed order, without products and links', async () => {
    const { files, complete } = await listSourceFiles(folder);
    assert.deepEqual(names(files), [
      'Pump.cpp',
      'Pump.hpp',
      'engine/Engine.CC',
      'engine/a.cxx',
      'engine/b.mm',
      'engine/c.hh',
      'engine/deep/er/Engine.h',
      'kmod.c',
    ]);
    assert.equal(complete, true);
  });

  it('are read with their text', async () => {
    const [first] = await readSourceFiles(folder);
    assert.deepEqual(first, { file: join(folder, 'Pump.cpp'), text: '// Pump.cpp' });
  });

  it('are bounded in number, depth and size', async () => {
    assert.deepEqual(await listSourceFiles(folder, undefined, { ...limits, files: 2 }), {
      files: [join(folder, 'Pump.cpp'), join(folder, 'Pump.hpp')],
      complete: false,
    });
    const shallow = await listSourceFiles(folder, undefined, { ...limits, depth: 1 });
    assert.equal(shallow.complete, false);
    assert.ok(!names(shallow.files).includes('engine/deep/er/Engine.h'));
    const small = await readSourceFiles(folder, undefined, { ...limits, fileSize: 10 });
    assert.deepEqual(
      small.map(({ file }) => relative(folder, file)),
      ['kmod.c'],
    );
  });

  it('of a folder that is not there are none', async () => {
    assert.deepEqual(await listSourceFiles(join(folder, 'none')), { files: [], complete: false });
  });

  it('are not listed any more once that is cancelled', async () => {
    const reason = new Error('cancelled');
    await assert.rejects(listSourceFiles(folder, AbortSignal.abort(reason)), reason);
    await assert.rejects(readSourceFiles(folder, AbortSignal.abort(reason)), reason);
  });
});
