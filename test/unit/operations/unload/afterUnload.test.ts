import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { failureOf } from '../../../../src/operations/failure.ts';
import { reloadKext } from '../../../../src/operations/reload.ts';
import type { Runner } from '../../../../src/tools/port/runner.ts';
import type { ToolCommand } from '../../../../src/tools/port/toolCommand.ts';
import { RootRefused } from '../../../../src/tools/port/toolErrors.ts';
import { endingText } from '../../../../src/ui/work/endingText.ts';
import { output } from '../../simulator/fakeRunner.ts';
import { type Answers, sampleOperation, sampleProject, turbine } from '../fakeTarget.ts';
import { buildSample, built, type MortalTarget, mortalTarget, older } from '../mortalTarget.ts';

const temporary = '/private/tmp/kext-dev';
const installed = `${temporary}/Turbine.kext`;
const kept = `${temporary}/.Turbine.kext.kext-dev-old`;
const unloadedOnly = `${turbine} was unloaded before that, and is not loaded on test-mac.`;

describe('A reload that goes wrong after it has unloaded the kext', () => {
  let folder: string;
  before(async () => {
    folder = await sampleProject();
    await buildSample(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** An older build runs, and its copy is installed. */
  function macWith(answers: Answers = {}): MortalTarget {
    const mac = mortalTarget(undefined, answers);
    mac.loaded.set(turbine, older);
    for (const path of [temporary, installed]) mac.folders.add(path);
    return mac;
  }

  const bundles = ({ folders }: MortalTarget) => [...folders].filter(path => path !== temporary);

  async function reload(mac: MortalTarget, runner: Runner = mac.runner, stop = new AbortController()) {
    return reloadKext(await sampleOperation(folder, { ...mac, runner }), stop.signal);
  }

  /** The same tools; `sees` gets each group of calls first. */
  const watched = (mac: MortalTarget, sees: (tools: readonly string[]) => void): Runner => ({
    ...mac.runner,
    runTogether: (commands, signal) => {
      sees(commands.map(({ tool }) => tool));
      return mac.runner.runTogether(commands, signal);
    },
  });

  it('by a cancel while it copies: nothing of the kext is loaded, and that is said, with what to do', async () => {
    const [mac, stop] = [macWith(), new AbortController()];
    const runner = watched(mac, tools => tools.includes('tar') && stop.abort());
    const result = await reload(mac, runner, stop);
    assert.equal(result.outcome, 'cancelled');
    assert.deepEqual([mac.loaded.has(turbine), mac.folders.has(installed)], [false, true]);
    const [told] = result.diagnoses;
    assert.deepEqual([told?.cause, told?.message], ['notLoaded', `The reload was cancelled. ${unloadedOnly}`]);
    assert.match(told?.remedy ?? '', /^Reload it again/);
    assert.deepEqual(endingText('reload', result, { kext: turbine, target: 'test-mac' }), {
      kind: 'failure',
      message: told?.message,
    });
  });

  /** A Mac whose user cancels once the build is installed, before it is loaded. */
  function cancelledBeforeTheLoad(refuses: (from: string) => boolean = () => false) {
    const [mac, stop] = [macWith(), new AbortController()];
    const runner: Runner = {
      ...mac.runner,
      run: async (command, signal) => {
        const [from = '', to] = command.tool === 'mv' ? command.argv : [];
        if (to === installed) stop.abort();
        if (refuses(from)) return output({ stderr: 'mv: Operation not permitted\n', exitCode: 1 });
        return mac.runner.run(command, signal);
      },
    };
    return { mac, reloaded: reload(mac, runner, stop) };
  }

  it('by a cancel before it loads: the copy before it is put back, and what does not run is said', async () => {
    const { mac, reloaded } = cancelledBeforeTheLoad();
    const { outcome, diagnoses } = await reloaded;
    assert.deepEqual([outcome, diagnoses[0]?.message], ['cancelled', `The reload was cancelled. ${unloadedOnly}`]);
    assert.deepEqual(bundles(mac), [installed]);
  });

  it('by a cancel before it loads, where the copy before it does not come back: that is said, too', async () => {
    const { mac, reloaded } = cancelledBeforeTheLoad(from => from === kept);
    await assert.rejects(reloaded, {
      message: `Cancelled. The copy before it was not put back: mv exited with 1; expected silence. It is kept at ${kept} for the next install. ${unloadedOnly}`,
    });
    assert.ok(bundles(mac).includes(kept));
  });

  it('by a load that hangs, and is cancelled meanwhile: that it goes on is said', async () => {
    const [mac, stop] = [macWith({ kextload: [{ timedOut: true, exitCode: null, pid: 4711 }] }), new AbortController()];
    const runner: Runner = {
      ...mac.runner,
      run: (command, signal) => {
        if (command.tool === 'kextload') stop.abort();
        return mac.runner.run(command, signal);
      },
    };
    await assert.rejects(reload(mac, runner, stop), /goes on as root \(process 4711\)/);
  });

  it('by an install that fails: the copy is there still, the running kext is not, and both are said', async () => {
    const mac = macWith({ tar: [{ stderr: 'tar: Write error: No space left on device\n', exitCode: 1 }] });
    const { outcome, diagnoses } = await reload(mac);
    assert.equal(outcome, 'failed');
    assert.equal(
      diagnoses[0]?.message,
      `Nothing was installed at ${installed}: the disk there is full. What was there before is there still. ${unloadedOnly}`,
    );
  });

  it('by sudo, which does not run kextload: the copy before it is put back, and both are said', async () => {
    const mac = macWith({ kextload: [new RootRefused('kextload', 'sudo lets user run no kextload.', 'notAllowed')] });
    await assert.rejects(reload(mac), error => {
      assert.ok(error instanceof RootRefused);
      assert.equal(
        failureOf(error).message,
        `kextload did not start: sudo lets user run no kextload. Put back: the copy before it, ${installed}. ${unloadedOnly}`,
      );
      return true;
    });
    assert.deepEqual(bundles(mac), [installed]);
  });

  it('by words that nobody knows: the copy before it is put back, unless the build is loaded all the same', async () => {
    const words: Answers = { kextload: [{ stdout: 'adrift\n', timedOut: false, exitCode: null, signal: 'SIGKILL' }] };
    const mac = macWith(words);
    await assert.rejects(reload(mac), ({ message }: Error) => {
      assert.match(
        message,
        /^kextload was killed by SIGKILL; .* Put back: the copy before it, .* is not loaded on test-mac\.$/,
      );
      return true;
    });
    assert.deepEqual(bundles(mac), [installed]);
    const loads = macWith(words);
    const runner: Runner = {
      ...loads.runner,
      run: (command, signal) => {
        if (command.tool === 'kextload') loads.loaded.set(turbine, built);
        return loads.runner.run(command, signal);
      },
    };
    await assert.rejects(reload(loads, runner), ({ message }: Error) => !/Put back|not loaded/.test(message));
    assert.deepEqual(bundles(loads).sort(), [kept, installed].sort());
  });

  it('by a kextload that goes on by itself: neither copy is touched', async () => {
    const mac = macWith({ kextload: [{ timedOut: true, exitCode: null, pid: 4711 }] });
    await assert.rejects(reload(mac), /goes on as root \(process 4711\)/);
    assert.deepEqual(bundles(mac).sort(), [kept, installed].sort());
  });

  it('by a load that fails, and by a tool that does not put the copy before it back: where that is is said with why', async () => {
    const stderr = `${installed} failed to load - (libkern/kext) link error; check the system/kernel logs for errors or try kextutil(8).\n`;
    const isBack = ({ tool, argv: [from] }: ToolCommand<unknown>) => tool === 'mv' && from === kept;
    const refused = new RootRefused('mv', 'it needs root, and sudo refused it.', 'notInSudoers');
    for (const [ending, why] of [
      [output({ stderr: 'mv: Operation not permitted\n', exitCode: 1 }), 'mv exited with 1; expected silence.'],
      [refused, refused.message],
    ] as const) {
      const mac = macWith({ kextload: [{ stderr, exitCode: 71 }] });
      const runner: Runner = {
        ...mac.runner,
        run: async (command, signal) => {
          if (!isBack(command)) return mac.runner.run(command, signal);
          if (ending instanceof Error) throw ending;
          return ending;
        },
      };
      const { outcome, diagnoses } = await reload(mac, runner);
      assert.equal(outcome, 'failed');
      const said = `The copy before it was not put back: ${why} It is kept at ${kept} for the next install.`;
      const evidence = diagnoses.flatMap(each => each.evidence.map(({ text }) => text));
      assert.ok(evidence.includes(said), `${evidence}`);
    }
  });
});

describe('A reload that could not install its build', () => {
  it('leaves what runs as it is: that another kext lies there is found out before the unload', async () => {
    const folder = await sampleProject();
    await buildSample(folder);
    const another = '<plist version="1.0"><dict><key>CFBundleIdentifier</key><string>org.other</string></dict></plist>';
    const mac = mortalTarget(undefined, { plutil: [{ stdout: another }] });
    mac.loaded.set(turbine, older);
    for (const path of [temporary, installed]) mac.folders.add(path);
    const result = await reloadKext(await sampleOperation(folder, mac), new AbortController().signal);
    assert.deepEqual([result.outcome, result.diagnoses[0]?.cause], ['failed', 'installFailed']);
    assert.equal(result.diagnoses[0]?.message, `Another kext lies at ${installed}: org.other. Nothing was changed.`);
    assert.deepEqual([...mac.loaded], [[turbine, older]]);
    assert.deepEqual([...mac.folders], [temporary, installed]);
    await rm(folder, { recursive: true });
  });
});
