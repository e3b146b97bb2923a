import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SimulatedDisk } from '../../../src/simulator/simulatedDisk.ts';
import { TwinStore } from '../../../src/simulator/twinStore.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kext-dev-unfinished-'));
  await mkdir(join(folder, 'A.kext'));
  await writeFile(join(folder, 'A.kext', 'file'), '1');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The id of a process that has ended. */
const gone = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('A copy that was left unfinished', () => {
  it('goes at the next install of any kext where its process is gone, and stays where that lives', async () => {
    const disk = new SimulatedDisk(join(folder, 'disk'));
    const left = `B.kext.${gone()}.unfinished`;
    const growing = `C.kext.${process.ppid}.unfinished`;
    for (const name of [left, growing])
      await mkdir(disk.place(`/Library/Extensions/${name}/Contents`), { recursive: true });
    await disk.put(join(folder, 'A.kext'), '/Library/Extensions/A.kext');
    assert.deepEqual(await readdir(disk.place('/Library/Extensions')), ['A.kext', growing]);
  });

  it('is not left where the copy fails', async () => {
    const disk = new SimulatedDisk(join(folder, 'disk'));
    // A pipe is nothing that can be copied: what stands before it has been by then.
    spawnSync('mkfifo', [join(folder, 'A.kext', 'pipe')]);
    await assert.rejects(disk.put(join(folder, 'A.kext'), '/Library/Extensions/A.kext'), /pipe/);
    assert.deepEqual(await readdir(disk.place('/Library/Extensions')), []);
  });

  it('goes from the store of loaded code as well', async () => {
    const store = new TwinStore(join(folder, 'store'));
    await mkdir(join(folder, 'store'));
    await writeFile(join(folder, 'store', `ab.so.${gone()}.unfinished`), 'half');
    const hash = await store.keep(join(folder, 'A.kext', 'file'));
    assert.deepEqual(await readdir(join(folder, 'store')), [`${hash}.so`]);
  });
});
