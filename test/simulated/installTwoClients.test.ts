import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { installBundle, putBack } from '../../src/operations/installBundle.ts';
import { InstallFailed } from '../../src/operations/installError.ts';
import { placeIn } from '../../src/operations/installPlace.ts';
import { keepInstalled } from '../../src/operations/keepInstalled.ts';
import { SimulatedMac } from '../../src/simulator/simulatedMac.ts';
import { endingsOf, type Runner } from '../../src/tools/runner.ts';
import type { ToolCommand } from '../../src/tools/toolCommand.ts';
import { infoPlistOf } from '../support/xcodeFixture.ts';

const never = new AbortController().signal;
const identifier = 'org.sample.driver.Pump';
const place = placeIn('/private/tmp/kext-dev', "Pump 'n' Valve.kext", identifier);

describe('An install on a Mac that somebody else installs on from another machine', () => {
  let home: string;
  let mac: SimulatedMac;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'kext-dev-clients-'));
    for (const build of ['one', 'two', 'three']) {
      const contents = join(home, build, 'Contents');
      await mkdir(join(contents, 'MacOS'), { recursive: true });
      await writeFile(join(contents, 'Info.plist'), infoPlistOf({ CFBundleIdentifier: identifier }));
      await writeFile(join(contents, 'MacOS', 'Pump'), build);
    }
  });
  after(() => rm(home, { recursive: true, force: true }));
  beforeEach(async () => {
    mac = new SimulatedMac(await mkdtemp(join(home, 'state-')), () => assert.fail(), uncut());
  });

  function uncut(): Runner {
    const run = ({ tool, argv, asRoot, input }: ToolCommand<unknown>) => mac.run(tool, argv, asRoot, never, input);
    const runTogether: Runner['runTogether'] = async commands => {
      const runs = [];
      for (const command of commands) runs.push(await run(command));
      return endingsOf(runs.map(output => Promise.resolve(output)));
    };
    return { run, runTogether };
  }

  const install = (build: string, runner = uncut()) => installBundle(runner, join(home, build), place, never);
  const names = async () => (await mac.disk.entries(place.folder)).slice(1).map(({ path }) => path);
  /** The build that lies at that path; undefined for nothing. */
  const at = async (path: string) =>
    (await mac.disk.entries(path)).length === 0
      ? undefined
      : readFile(mac.disk.place(join(path, 'Contents/MacOS/Pump')), 'utf8');

  /** Somebody else's place for the same bundle. */
  const theirs = placeIn(place.folder, "Pump 'n' Valve.kext", place.bundleIdentifier, 'a1b2c3d4');
  const theyInstall = (build: string) => installBundle(uncut(), join(home, build), theirs, never);

  for (const first of [['one'], []])
    it(`ends where somebody else installs meanwhile${first.length > 0 ? '' : ' the first copy'}: theirs stays, and nothing is mixed`, async () => {
      for (const build of first) await install(build);
      const runner = uncut();
      const meanwhile: Runner = {
        ...runner,
        runTogether: async (commands, signal) => {
          if (commands[0]?.tool !== 'tar') return runner.runTogether(commands, signal);
          const copied = await runner.runTogether(commands.slice(0, 2), signal);
          await theyInstall('three');
          return [...copied, ...(await runner.runTogether(commands.slice(2), signal))];
        },
      };
      await assert.rejects(install('two', meanwhile), error => {
        assert.ok(error instanceof InstallFailed);
        assert.match(
          error.message,
          /^Nothing was installed: somebody else has changed .*Pump 'n' Valve\.kext while the build was copied\./,
        );
        return true;
      });
      assert.deepEqual([await at(place.path), await at(place.unfinished)], ['three', undefined]);
      assert.deepEqual([await at(place.kept)], first.length > 0 ? ['one'] : [undefined]);
    });

  it('takes no copy of somebody else’s for what it left itself', async () => {
    await theyInstall('one');
    await mac.run('mkdir', ['-m', '755', theirs.unfinished], true, never);
    await install('two');
    assert.ok((await names()).includes(theirs.unfinished));
  });

  it('is not put back over what somebody else has installed since', async () => {
    await install('one');
    const mine = await install('two');
    await theyInstall('three');
    assert.equal(await putBack(uncut(), place, mine), 'another');
    assert.equal(await at(place.path), 'three');
    const own = await install('two');
    assert.equal(await putBack(uncut(), place, own), true);
    assert.equal(await at(place.path), 'one');
  });

  it('once it is proved lets go of nothing that somebody else, who has installed since, may want to put back', async () => {
    await install('one');
    await install('two');
    await theyInstall('three');
    const proved = (build: string) => ({
      folder: join(home, build),
      infoPlist: { executable: 'Pump' },
    });
    await keepInstalled(uncut(), place, proved('two'));
    assert.equal(await at(place.kept), 'one');
    assert.equal(await putBack(uncut(), theirs), true);
    assert.equal(await at(place.path), 'one');
    assert.deepEqual(
      (await names()).filter(path => path !== place.path && !path.startsWith(`${place.path}/`)),
      [],
    );
  });
});
