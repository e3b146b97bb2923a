import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { installBundle, putBack } from '../../src/operations/install/installBundle.ts';
import { InstallFailed } from '../../src/operations/install/installError.ts';
import { placeIn } from '../../src/operations/install/installPlace.ts';
import type { Runner } from '../../src/tools/port/runner.ts';
import { InstallBench, place } from './installBench.ts';

const never = new AbortController().signal;

describe('An install on a Mac that somebody else installs on from another machine', () => {
  let bench: InstallBench;
  before(async () => {
    bench = await InstallBench.open();
  });
  after(() => bench.remove());
  beforeEach(() => bench.fresh());

  /** Somebody else's place for the same bundle. */
  const theirs = placeIn(place.folder, "Pump 'n' Valve.kext", place.bundleIdentifier, 'a1b2c3d4');
  const theyInstall = (build: string) => installBundle(bench.tools(), bench.folderOf(build), theirs, never);

  for (const first of [['one'], []])
    it(`ends where somebody else installs meanwhile${first.length > 0 ? '' : ' the first copy'}: theirs stays, and nothing is mixed`, async () => {
      for (const build of first) await bench.install(build);
      const runner = bench.tools();
      const meanwhile: Runner = {
        ...runner,
        runTogether: async (commands, signal) => {
          if (commands[0]?.tool !== 'tar') return runner.runTogether(commands, signal);
          const copied = await runner.runTogether(commands.slice(0, 2), signal);
          await theyInstall('three');
          return [...copied, ...(await runner.runTogether(commands.slice(2), signal))];
        },
      };
      await assert.rejects(bench.install('two', meanwhile), error => {
        assert.ok(error instanceof InstallFailed);
        assert.match(
          error.message,
          /^Nothing was installed: somebody else has changed .*Pump 'n' Valve\.kext while the build was copied\./,
        );
        return true;
      });
      assert.deepEqual([await bench.at(place.path), await bench.at(place.unfinished)], ['three', undefined]);
      assert.deepEqual([await bench.at(place.kept)], first.length > 0 ? ['one'] : [undefined]);
    });

  it('takes no copy of somebody else’s for what it left itself', async () => {
    await theyInstall('one');
    await bench.mac.run('mkdir', ['-m', '755', theirs.unfinished], true, never);
    await bench.install('two');
    assert.ok((await bench.names()).includes(theirs.unfinished));
  });

  it('is not put back over what somebody else has installed since', async () => {
    await bench.install('one');
    const mine = await bench.install('two');
    await theyInstall('three');
    assert.equal(await putBack(bench.tools(), place, mine), 'another');
    assert.equal(await bench.at(place.path), 'three');
    const own = await bench.install('two');
    assert.equal(await putBack(bench.tools(), place, own), true);
    assert.equal(await bench.at(place.path), 'one');
  });

  it('once it is proved lets go of nothing that somebody else, who has installed since, may want to put back', async () => {
    await bench.install('one');
    await bench.install('two');
    await theyInstall('three');
    await bench.keep('two');
    assert.equal(await bench.at(place.kept), 'one');
    assert.equal(await putBack(bench.tools(), theirs), true);
    assert.equal(await bench.at(place.path), 'one');
    assert.deepEqual(
      (await bench.names()).filter(path => path !== place.path && !path.startsWith(`${place.path}/`)),
      [],
    );
  });
});
