import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { KextBundle } from '../../src/bundle/kextBundle.ts';
import { installBundle, putBack, removeCopies } from '../../src/operations/installBundle.ts';
import { InstallFailed } from '../../src/operations/installError.ts';
import { placeIn } from '../../src/operations/installPlace.ts';
import { keepInstalled } from '../../src/operations/keepInstalled.ts';
import { SimulatedMac } from '../../src/simulator/simulatedMac.ts';
import { endingsOf, type Runner } from '../../src/tools/runner.ts';
import type { ToolCommand } from '../../src/tools/toolCommand.ts';
import { TargetLost } from '../../src/tools/toolErrors.ts';
import { plistOf } from '../support/plistOf.ts';

const never = new AbortController().signal;
const place = placeIn('/private/tmp/kext-dev', "Pump 'n' Valve.kext", 'org.sample.driver.Pump');

const moments = ['before', 'within', 'behind'] as const;

/** Where a connection breaks, or the power: before a call, in its middle, or behind it, so that nobody hears how it ended. */
interface Cut {
  readonly call: number;
  readonly moment: (typeof moments)[number];
}

/** Every place at which something of at most so many calls can be cut. */
const cutsOf = (calls: number): readonly Cut[] =>
  Array.from({ length: calls }, (_, at) => moments.map(moment => ({ call: at + 1, moment }))).flat();

describe('An install that is cut', () => {
  let home: string;
  let mac: SimulatedMac;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'kext-dev-cuts-'));
    for (const build of ['one', 'two', 'three']) await writeBuild(build);
  });
  after(() => rm(home, { recursive: true, force: true }));
  beforeEach(() => {
    mac = new SimulatedMac(join(home, `state-${Math.random()}`), () => assert.fail(), uncut());
  });

  async function writeBuild(build: string): Promise<void> {
    const contents = join(home, build, 'Contents');
    await mkdir(join(contents, 'MacOS'), { recursive: true });
    await writeFile(join(contents, 'Info.plist'), plistOf(place.bundleIdentifier, build));
    await writeFile(join(contents, 'MacOS', 'Pump'), build.repeat(1000), { mode: 0o755 });
    if (build === 'two') await symlink('MacOS/Pump', join(contents, 'a\nlink'));
  }

  /** The Mac's tools by one connection, which may break. */
  function uncut(cut?: Cut): Runner {
    let call = 0;
    const run = async ({ tool, argv, asRoot, input }: ToolCommand<unknown>) => {
      call += 1;
      if (cut !== undefined && call === cut.call && cut.moment === 'within') await begin(tool, argv);
      if (cut !== undefined && (call > cut.call || (call === cut.call && cut.moment !== 'behind')))
        throw new TargetLost('cut');
      const output = await mac.run(tool, argv, asRoot, never, input);
      if (call === cut?.call) throw new TargetLost('cut');
      return output;
    };
    return {
      run,
      runTogether: async commands => {
        const runs = [];
        // One after another, as a script does it.
        for (const command of commands) runs.push(await run(command));
        return endingsOf(runs.map(output => Promise.resolve(output)));
      },
    };
  }

  /** What a tool has done when the power fails in its middle: of these, rm alone leaves something that it was not asked for. */
  async function begin(tool: string, argv: readonly string[]): Promise<void> {
    const path = argv.at(-1);
    if (tool !== 'rm' || path === undefined || (await mac.disk.entries(path)).length === 0) return;
    await mac.run('rm', ['-rf', join(path, 'Contents', 'Info.plist')], true, never);
  }

  const install = (build: string, runner = uncut()) => installBundle(runner, join(home, build), place, never);
  const buildOf = (build: string) => ({
    folder: join(home, build),
    infoPlist: { executable: 'Pump' } as KextBundle['infoPlist'],
  });
  const keep = (build: string) => keepInstalled(uncut(), place, buildOf(build));
  const names = async () => (await mac.disk.entries(place.folder)).slice(1).map(({ path }) => path);

  /** The build that lies at that path whole, `half` for anything else, undefined for nothing. */
  async function at(path: string): Promise<string | undefined> {
    const entries = await mac.disk.entries(path);
    if (entries.length === 0) return undefined;
    const text = await readFile(mac.disk.place(join(path, 'Contents/MacOS/Pump')), 'utf8').catch(() => '');
    const build = ['one', 'two', 'three'].find(each => text === each.repeat(1000));
    const links = entries.filter(({ kind }) => kind === 'link').length;
    const whole = entries.length === (build === 'two' ? 6 : 5) && links === (build === 'two' ? 1 : 0);
    return whole && entries.every(({ uid, gid, mode }) => uid === 0 && gid === 0 && (mode & 0o022) === 0)
      ? build
      : 'half';
  }

  it('leaves at each moment the copy before it or the whole one, and the next install tidies up', async () => {
    const cuts = fc.array(fc.constantFrom(...cutsOf(20)), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cuts, async all => {
        mac = new SimulatedMac(join(home, `state-${Math.random()}`), () => assert.fail(), uncut());
        await install('one');
        for (const cut of all) {
          await install('two', uncut(cut)).catch(error => assert.ok(error instanceof TargetLost, String(error)));
          const [installed, kept] = [await at(place.path), await at(place.kept)];
          // Between the two renames nothing is at its place, and the copy before it beside it.
          assert.ok(
            installed === 'one' || installed === 'two' || (installed === undefined && kept === 'one'),
            `${installed}, ${kept}`,
          );
          assert.notEqual(kept, 'half');
        }
        await install('three');
        assert.equal(await at(place.path), 'three');
        assert.equal(await at(place.unfinished), undefined);
        assert.notEqual(await at(place.kept), 'half');
        await keep('three');
        assert.deepEqual(new Set((await names()).map(path => path.split('/')[4])), new Set([place.path.split('/')[4]]));
      }),
      { numRuns: 30 },
    );
  });

  /** Each way in which that can be cut which changes what lies there, and what the next start makes of what it leaves. */
  async function eachCut(
    calls: number,
    builds: readonly string[],
    work: (runner: Runner) => Promise<unknown>,
    isRight: (installed: string | undefined, kept: string | undefined) => boolean,
  ): Promise<void> {
    for (const cut of cutsOf(calls)) {
      mac = new SimulatedMac(join(home, `state-${Math.random()}`), () => assert.fail(), uncut());
      for (const build of builds) await install(build);
      await work(uncut(cut)).catch(error => assert.ok(error instanceof TargetLost, String(error)));
      const [installed, kept] = [await at(place.path), await at(place.kept)];
      assert.ok(isRight(installed, kept), `${JSON.stringify(cut)}: ${installed}, ${kept}`);
      await install('three');
      assert.deepEqual(
        [await at(place.path), await at(place.unfinished), await at(place.gone)],
        ['three', undefined, undefined],
      );
      assert.notEqual(await at(place.kept), 'half', JSON.stringify(cut));
    }
  }

  it('leaves the copy before it or the unproved one whole where it is put back, and the next install tidies up', async () => {
    await eachCut(
      6,
      ['one', 'two'],
      runner => putBack(runner, place),
      (installed, kept) =>
        (installed === 'two' && kept === 'one') ||
        (installed === undefined && kept === 'one') ||
        (installed === 'one' && kept === undefined),
    );
  });

  it('leaves the proved copy whole where the one before it is let go, and nothing half that could be put back', async () => {
    await eachCut(
      6,
      ['one', 'two'],
      runner => keepInstalled(runner, place, buildOf('two')),
      (installed, kept) => installed === 'two' && (kept === 'one' || kept === undefined),
    );
  });

  it('keeps the copy before it until it is proved, over several that were not', async () => {
    await install('one');
    await install('two');
    assert.deepEqual([await at(place.path), await at(place.kept)], ['two', 'one']);
    await install('three');
    assert.deepEqual([await at(place.path), await at(place.kept)], ['three', 'one']);
    assert.equal(await putBack(uncut(), place), true);
    assert.deepEqual([await at(place.path), await at(place.kept)], ['one', undefined]);
    assert.equal(await putBack(uncut(), place), false);
    assert.equal(await at(place.path), 'one');
    await install('two');
    await keep('three');
    assert.deepEqual([await at(place.path), await at(place.kept)], ['two', 'one'], 'another build is proved');
    await keep('two');
    assert.deepEqual([await at(place.path), await at(place.kept)], ['two', undefined]);
  });

  it('is ended by a cancel while it copies, and nothing is changed', async () => {
    await install('one');
    const stop = new AbortController();
    const runner = uncut();
    const stopping: Runner = {
      ...runner,
      runTogether: (commands, signal) => {
        if (commands.some(({ tool }) => tool === 'tar')) stop.abort();
        return runner.runTogether(commands, signal);
      },
    };
    await assert.rejects(installBundle(stopping, join(home, 'two'), place, stop.signal), { name: 'AbortError' });
    assert.equal(await at(place.path), 'one');
    await install('three');
    assert.deepEqual([await at(place.path), await at(place.unfinished)], ['three', undefined]);
  });

  it('whose second rename fails puts the copy before it back, over one that was proved and one that was not', async () => {
    await install('one');
    for (const kept of [false, true]) {
      if (kept) await install('three');
      const broken: Runner = { ...uncut(), run: failing(([from]) => from === place.unfinished) };
      await assert.rejects(install('two', broken), ({ message }: Error) => {
        assert.match(
          message,
          /^Nothing was installed at .*: mv exited with 1; .* The copy before it is at its place again\.$/,
        );
        return true;
      });
      const before = kept ? ['three', 'one'] : ['one', undefined];
      assert.deepEqual([await at(place.path), await at(place.kept)], before);
    }
  });

  it('that can put nothing back says where the copy before it is, and the next install puts it back', async () => {
    await install('one');
    const broken: Runner = {
      ...uncut(),
      run: failing(([from, to]) => from === place.unfinished || to === place.path),
    };
    await assert.rejects(install('two', broken), ({ message }: Error) => {
      assert.ok(
        message.endsWith(`The copy before it is not at its place: the next install puts it back from ${place.kept}.`),
      );
      return true;
    });
    assert.deepEqual([await at(place.path), await at(place.kept)], [undefined, 'one']);
    await install('three');
    assert.deepEqual([await at(place.path), await at(place.kept)], ['three', 'one']);
  });

  /** The Mac's tools, with an mv that fails for some names. */
  function failing(fails: (argv: readonly string[]) => boolean): Runner['run'] {
    const { run } = uncut();
    return async (command, signal) =>
      command.tool === 'mv' && fails(command.argv)
        ? { ...(await mac.run('true', [], false, never)), stdout: '', stderr: 'mv: Input/output error\n', exitCode: 1 }
        : run(command, signal);
  }

  it('of a removal leaves no half of a kext, and the next one removes the rest', async () => {
    for (const cut of cutsOf(8)) {
      await install('one');
      await install('two');
      await removeCopies(uncut(cut), place).catch(error => assert.ok(error instanceof TargetLost));
      assert.ok(['two', undefined].includes(await at(place.path)), JSON.stringify(cut));
      assert.notEqual(await at(place.kept), 'half', JSON.stringify(cut));
      await removeCopies(uncut(), place);
      assert.deepEqual(await names(), [], JSON.stringify(cut));
    }
  });

  describe('where something else lies', () => {
    const other = 'org.another.driver.Pump';
    const putThere = async (path: string, plist: string) => {
      await install('one');
      if (path !== place.path) await mac.disk.rename(place.path, path);
      await writeFile(mac.disk.place(join(path, 'Contents/Info.plist')), plist);
    };
    const refused = async (message: string, remedy: RegExp) => {
      const before = await names();
      await assert.rejects(install('two'), error => {
        assert.ok(error instanceof InstallFailed, String(error));
        assert.equal(error.message, message);
        assert.match(error.remedy ?? '', remedy);
        return true;
      });
      assert.deepEqual(await names(), before);
    };

    it('another kext of that name is not touched, installed or kept', async () => {
      for (const path of [place.path, place.kept]) {
        await putThere(path, plistOf(other, '1'));
        await refused(
          `Another kext lies at ${path}: ${other}. Nothing was changed.`,
          /^Give the product of org\.sample\.driver\.Pump another name\. Where .* unload it and remove /,
        );
        await mac.run('rm', ['-rf', path], true, never);
      }
    });

    it('what has no Info.plist that can be read is not touched, but for what an own install left beside its copy', async () => {
      await putThere(place.path, 'no property list');
      await refused(
        `What lies at ${place.path} has no Info.plist that can be read: whose it is cannot be told. Nothing was changed.`,
        /^Look at .* there; where it is not needed any more, remove it and install again\.$/,
      );
      await mac.run('rm', ['-rf', place.folder], true, never);
      await install('one');
      await install('two');
      await rm(mac.disk.place(join(place.path, 'Contents/Info.plist')));
      await install('three');
      assert.deepEqual([await at(place.path), await at(place.kept)], ['three', 'one']);
    });
  });

  it('does not use a folder that is not root’s alone, and says whose it is', async () => {
    const refused = async (tool: string, ...argv: readonly string[]) => {
      await install('one');
      await mac.run(tool, argv, true, never);
      await assert.rejects(install('two'), error => {
        assert.ok(error instanceof InstallFailed);
        assert.match(
          error.message,
          /^\/private\/tmp\/kext-dev (belongs to user 501|can be written to by others); expected a folder of root's/,
        );
        assert.equal(error.remedy, 'Remove /private/tmp/kext-dev there and install again: the install makes it anew.');
        return true;
      });
      assert.equal((await mac.disk.entries(place.unfinished)).length, 0);
      await mac.run('rm', ['-rf', place.folder], true, never);
    };
    await refused('chown', '-R', '501:20', place.folder);
    await refused('chmod', '-R', 'a+w', place.folder);
  });

  it('finds out that the copy is another one than the build', async () => {
    await install('one');
    const runner = uncut();
    const changing: Runner = {
      ...runner,
      runTogether: async (commands, signal) => {
        const tar = commands.findIndex(({ tool }) => tool === 'tar');
        if (tar < 0) return runner.runTogether(commands, signal);
        const first = await runner.runTogether(commands.slice(0, tar + 1), signal);
        await writeFile(mac.disk.place(join(place.unfinished, 'Contents/MacOS/Pump')), 'something else');
        return [...first, ...(await runner.runTogether(commands.slice(tar + 1), signal))];
      },
    };
    await assert.rejects(
      install('two', changing),
      /^InstallFailed: The copy differs from the build in 1 of 2 files: Contents\/MacOS\/Pump\.$/,
    );
    assert.equal(await at(place.path), 'one');
  });
});
