import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { SimulatedDisk } from '../../../src/simulator/simulatedDisk.ts';
import { TwinStore } from '../../../src/simulator/twinStore.ts';

describe('The disk of the Simulated Mac', () => {
  let folder: string;
  let disk: SimulatedDisk;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-disk-'));
    disk = new SimulatedDisk(join(folder, 'disk'));
    await mkdir(join(folder, 'A.kext'));
    await writeFile(join(folder, 'A.kext', 'old'), '1');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('has every path within its own folder', () => {
    const part = fc.constantFrom('..', '.', '', 'a', 'private', 'tmp', '~');
    fc.assert(
      fc.property(fc.array(part), parts => {
        const place = disk.place(parts.join('/'));
        assert.ok(place === join(folder, 'disk') || place.startsWith(join(folder, 'disk/')), place);
      }),
    );
  });

  it('takes a bundle in place of the one that was there', async () => {
    await disk.put(join(folder, 'A.kext'), '/private/tmp/A.kext');
    await rm(join(folder, 'A.kext', 'old'));
    await writeFile(join(folder, 'A.kext', 'new'), '2');
    await disk.put(join(folder, 'A.kext'), '/private/tmp/A.kext');
    assert.deepEqual(await readdir(disk.place('/private/tmp')), ['A.kext']);
    assert.deepEqual(await readdir(disk.place('/private/tmp/A.kext')), ['new']);
  });

  it('keeps symbolic links as they are', async () => {
    await symlink('/etc', join(folder, 'A.kext', 'link'));
    await disk.put(join(folder, 'A.kext'), '/A.kext');
    const entries = await readdir(disk.place('/A.kext'), { withFileTypes: true });
    assert.equal(entries.find(({ name }) => name === 'link')?.isSymbolicLink(), true);
  });

  it('loses /private/tmp and nothing else at a restart', async () => {
    await disk.put(join(folder, 'A.kext'), '/private/tmp/kext-dev/A.kext');
    await disk.put(join(folder, 'A.kext'), '/Library/Extensions/A.kext');
    await disk.restart();
    assert.deepEqual(await readdir(disk.place('/private')), []);
    assert.deepEqual(await readdir(disk.place('/Library/Extensions')), ['A.kext']);
  });
});

describe('The store of loaded code', () => {
  it('keeps what was loaded although the build replaces it, and mends a damaged copy', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kext-dev-store-'));
    try {
      const store = new TwinStore(join(folder, 'store'));
      const built = join(folder, 'built.so');
      await writeFile(built, 'one');
      const one = await store.keep(built);
      await writeFile(built, 'two');
      const two = await store.keep(built);
      assert.notEqual(one, two);
      assert.deepEqual(await Promise.all([one, two].map(hash => readFile(store.path(hash), 'utf8'))), ['one', 'two']);
      await writeFile(store.path(two), 'damaged');
      assert.equal(await store.keep(built), two);
      assert.equal(await readFile(store.path(two), 'utf8'), 'two');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
