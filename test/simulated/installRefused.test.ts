import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { InstallFailed } from '../../src/operations/install/installError.ts';
import { plistOf } from '../support/plistOf.ts';
import { InstallBench, place } from './installBench.ts';

const never = new AbortController().signal;

describe('An install', () => {
  let bench: InstallBench;
  before(async () => {
    bench = await InstallBench.open();
  });
  after(() => bench.remove());
  beforeEach(() => bench.fresh());

  describe('where something else lies', () => {
    const other = 'org.another.driver.Pump';
    const putThere = async (path: string, plist: string) => {
      await bench.install('one');
      if (path !== place.path) await bench.mac.disk.rename(place.path, path);
      await writeFile(bench.mac.disk.place(join(path, 'Contents/Info.plist')), plist);
    };
    const refused = async (message: string, remedy: RegExp) => {
      const before = await bench.names();
      await assert.rejects(bench.install('two'), error => {
        assert.ok(error instanceof InstallFailed, String(error));
        assert.equal(error.message, message);
        assert.match(error.remedy ?? '', remedy);
        return true;
      });
      assert.deepEqual(await bench.names(), before);
    };

    it('another kext of that name is not touched, installed or kept', async () => {
      for (const path of [place.path, place.kept]) {
        await putThere(path, plistOf(other, '1'));
        await refused(
          `Another kext lies at ${path}: ${other}. Nothing was changed.`,
          /^Give the product of org\.sample\.driver\.Pump another name\. Where .* unload it and remove /,
        );
        await bench.mac.run('rm', ['-rf', path], true, never);
      }
    });

    it('what has no Info.plist that can be read is not touched, but for what an own install left beside its copy', async () => {
      await putThere(place.path, 'no property list');
      await refused(
        `What lies at ${place.path} has no Info.plist that can be read: whose it is cannot be told. Nothing was changed.`,
        /^Look at .* there; where it is not needed any more, remove it and install again\.$/,
      );
      await bench.mac.run('rm', ['-rf', place.folder], true, never);
      await bench.install('one');
      await bench.install('two');
      await rm(bench.mac.disk.place(join(place.path, 'Contents/Info.plist')));
      await bench.install('three');
      assert.deepEqual([await bench.at(place.path), await bench.at(place.kept)], ['three', 'one']);
    });
  });

  it('does not use a folder that is not root’s alone, and says whose it is', async () => {
    const refused = async (tool: string, ...argv: readonly string[]) => {
      await bench.install('one');
      await bench.mac.run(tool, argv, true, never);
      await assert.rejects(bench.install('two'), error => {
        assert.ok(error instanceof InstallFailed);
        assert.match(
          error.message,
          /^\/private\/tmp\/kext-dev (belongs to user 501|can be written to by others); expected a folder of root's/,
        );
        assert.equal(error.remedy, 'Remove /private/tmp/kext-dev there and install again: the install makes it anew.');
        return true;
      });
      assert.equal((await bench.mac.disk.entries(place.unfinished)).length, 0);
      await bench.mac.run('rm', ['-rf', place.folder], true, never);
    };
    await refused('chown', '-R', '501:20', place.folder);
    await refused('chmod', '-R', 'a+w', place.folder);
  });
});
