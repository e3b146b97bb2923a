import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { installKext } from '../../../../src/operations/installKext.ts';
import { loadKext } from '../../../../src/operations/loadKext.ts';
import type { Operation, OperationResult } from '../../../../src/operations/operation.ts';
import type { JournalEntry } from '../../../../src/operations/record/journalEntry.ts';
import { reloadKext } from '../../../../src/operations/reload.ts';
import { uninstallKext } from '../../../../src/operations/uninstallKext.ts';
import { unloadKext } from '../../../../src/operations/unload.ts';
import { HostNotReached, TargetLost } from '../../../../src/tools/port/toolErrors.ts';
import { notAnswered } from '../../../../src/tools/ssh/sshMessages.ts';
import { type MemoryRecords, memoryRecords, sampleOperation, turbine } from '../fakeTarget.ts';
import { built, type Death, type MortalTarget, mortalTarget, older, sampleThatStops } from '../mortalTarget.ts';
import { panicIn, panicOfAnother } from '../panicReports.ts';

type Run = (operation: Operation, signal: AbortSignal) => Promise<OperationResult>;

let folder: string;
before(async () => {
  folder = await sampleThatStops();
});
after(() => rm(folder, { recursive: true, force: true }));

/** What came of the operation, what was told, and what the Mac was asked. */
async function lose(
  run: Run,
  death: Death,
  prepare: (mac: MortalTarget) => void = () => undefined,
  stop = new AbortController(),
) {
  const mac = mortalTarget(death);
  prepare(mac);
  const records = memoryRecords();
  const told: string[] = [];
  const operation = await sampleOperation(folder, mac, records);
  const progress: Operation['progress'] = (phase, plan) => told.push(plan === undefined ? phase : `${phase}: ${plan}`);
  const result = await run({ ...operation, doing: `Reload ${turbine}`, progress }, stop.signal);
  return { ...result, mac, records, told, causes: result.diagnoses.map(({ cause }) => cause) };
}

const loadedBefore = (mac: MortalTarget) => void mac.loaded.set(turbine, older);
const now = { age: 0 };
const times = (lines: readonly string[], tool: string) => lines.filter(line => line.includes(` ${tool} `)).length;

describe('A target whose connection breaks', () => {
  it('while it loads: it is waited for, and that the build runs is told from the list', async () => {
    const meanwhile = (mac: MortalTarget) => void mac.loaded.set(turbine, built);
    const { outcome, diagnoses, mac, records, told } = await lose(reloadKext, {
      at: 'kextload',
      backAfterMs: 7000,
      meanwhile,
    });
    assert.deepEqual([outcome, diagnoses], ['loaded', []]);
    assert.deepEqual(mac.pauses, [1000, 2000, 4000]);
    assert.deepEqual(told, [
      'building',
      'installing',
      'loading',
      'waiting: test-mac to answer again, 0 s',
      'waiting: test-mac to answer again, 1 s',
      'waiting: test-mac to answer again, 3 s',
      'verifying',
    ]);
    assert.equal(records.journal.current, undefined);
  });

  it('while it loads, and the kext is not there: that is told, and nothing is done again', async () => {
    const { outcome, causes, diagnoses, mac } = await lose(reloadKext, { at: 'kextload', backAfterMs: 1000 });
    assert.deepEqual([outcome, causes], ['failed', ['connectionLost']]);
    assert.equal(
      diagnoses[0]?.message,
      `The connection to test-mac broke while loading. It is up, in the same boot: ${turbine} is not loaded.`,
    );
    assert.deepEqual(
      diagnoses[0]?.evidence.map(({ text }) => text),
      ['The connection to test-mac broke while kextload ran.', `built ${built}`],
    );
    assert.equal(times(mac.lines, 'kextload'), 1);
  });

  it('while it unloads, and the kext is still there: its drivers may be terminated', async () => {
    const { outcome, diagnoses, mac } = await lose(reloadKext, { at: 'kextunload', backAfterMs: 1000 }, loadedBefore);
    assert.equal(outcome, 'failed');
    assert.match(diagnoses[0]?.message ?? '', new RegExp(`broke while unloading\\. .* is loaded, ${older}\\.$`));
    assert.equal(diagnoses[0]?.remedy, 'Unload it again: its drivers may be terminated already.');
    assert.deepEqual([times(mac.lines, 'kextunload'), times(mac.lines, 'kextload')], [1, 0]);
  });

  it('while it unloads, and that was all that was asked for: it is unloaded where the list says so', async () => {
    const meanwhile = (mac: MortalTarget) => mac.loaded.clear();
    const { outcome, causes } = await lose(
      unloadKext,
      { at: 'kextunload', backAfterMs: 1000, meanwhile },
      loadedBefore,
    );
    assert.deepEqual([outcome, causes], ['unloaded', []]);
  });

  it('while it verifies: the proof is made on the next connection', async () => {
    // The snapshot before the load asks once.
    const mac = mortalTarget(undefined);
    let asked = 0;
    const run = mac.runner.runTogether.bind(mac.runner);
    const runner = {
      ...mac.runner,
      runTogether: async (...given: Parameters<typeof run>) => {
        if (given[0].some(({ tool }) => tool === 'kextstat') && ++asked === 2) mac.die({ backAfterMs: 1000 });
        return run(...given);
      },
    };
    const operation = await sampleOperation(folder, { ...mac, runner });
    assert.equal((await reloadKext(operation, new AbortController().signal)).outcome, 'loaded');
  });

  for (const [run, at, phase] of [
    [uninstallKext, 'rm', 'removing'],
    [loadKext, 'kextload', 'loading'],
  ] as const)
    it(`during ${phase} of another operation is told in the same way`, async () => {
      const installed = (mac: MortalTarget) => void mac.folders.add('/private/tmp/kext-dev/Turbine.kext');
      const { causes, diagnoses } = await lose(run, { at, backAfterMs: 1000 }, installed);
      assert.deepEqual(causes, ['connectionLost']);
      assert.match(diagnoses[0]?.message ?? '', new RegExp(`broke while ${phase}\\.`));
    });

  it('again and again is waited for again, within the one limit', async () => {
    let left = 3;
    const meanwhile = (mac: MortalTarget) => {
      if (--left > 0) mac.die({ backAfterMs: 1, meanwhile });
    };
    const { causes, mac } = await lose(reloadKext, { at: 'kextload', backAfterMs: 1, meanwhile });
    assert.deepEqual([causes, mac.pauses], [['connectionLost'], [1000, 2000, 4000]]);
  });

  it('before anything was done on it is only told of: nothing is waited for', async () => {
    const mac = mortalTarget({ at: 'sw_vers' });
    const operation = await sampleOperation(folder, mac);
    await assert.rejects(reloadKext(operation, new AbortController().signal), TargetLost);
    assert.deepEqual(mac.pauses, []);
  });
});

describe('A target that does not come back', () => {
  it('is waited for ten minutes, with pauses up to 30 s; then what to do is told, and the journal stays', async () => {
    const { outcome, causes, diagnoses, mac, records, told } = await lose(reloadKext, { at: 'kextload' });
    assert.deepEqual([outcome, causes], ['failed', ['connectionLost']]);
    assert.match(diagnoses[0]?.message ?? '', /^test-mac has not come back in 10 minutes: /);
    assert.match(diagnoses[0]?.remedy ?? '', /safe mode/);
    assert.deepEqual(mac.pauses.slice(0, 7), [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    const waited = mac.pauses.reduce((sum, ms) => sum + ms, 0);
    assert.ok(waited > 590_000 && waited <= 600_000, `${waited} ms`);
    assert.ok(told.includes('waiting: test-mac to answer again, 2 min 1 s'), told.join('\n'));
    assert.deepEqual(pick(records), { phase: 'loading', lost: true, bootTime: 1000 });
  });

  it('and is cancelled while it is waited for ends at once, and the journal stays', async () => {
    const stop = new AbortController();
    const cancelling = (mac: MortalTarget) => {
      const pause = mac.pause.bind(mac);
      mac.pause = async (ms, signal) => {
        if (mac.pauses.length === 2) stop.abort();
        return pause(ms, signal);
      };
    };
    const { outcome, causes, mac, records } = await lose(reloadKext, { at: 'kextload' }, cancelling, stop);
    assert.deepEqual([outcome, causes, mac.pauses.length], ['cancelled', ['connectionLost'], 2]);
    assert.deepEqual(pick(records), { phase: 'loading', lost: true, bootTime: 1000 });
  });

  for (const [why, { problem, message }] of [
    ['because its host key is another one', { problem: 'hostKeyChanged', message: 'Its host key is another.' }],
    ['and whose ssh asks what nobody answers', notAnswered('test-mac', "dev@test-mac's password: ")],
  ] as const)
    it(`${why} is not tried again`, async () => {
      const away = new HostNotReached({ problem, message });
      const { outcome, diagnoses, mac } = await lose(reloadKext, { at: 'kextload', away });
      assert.deepEqual([outcome, mac.pauses], ['failed', [1000]]);
      assert.ok(diagnoses[0]?.message.endsWith(message), diagnoses[0]?.message);
    });
});

function pick({ journal }: MemoryRecords): Partial<JournalEntry> {
  const { phase, lost, bootTime } = journal.current ?? assert.fail('no journal');
  return { phase, bootTime, ...(lost === undefined ? {} : { lost }) };
}

describe('A target that has restarted', () => {
  const comesBack = { backAfterMs: 15_000, restarts: true };
  const stop = '__ZN7Turbine4stopEP9IOService';

  it('after a panic: its report is fetched, kept, and told on the line of the function that was running', async () => {
    const meanwhile = ({ reports }: MortalTarget) =>
      void reports.set('Kernel_2020-11-24-160624_test-mac.panic', { text: panicIn('stop', stop), ...now });
    const death = { at: 'kextunload', ...comesBack, meanwhile };
    const { outcome, causes, diagnoses, mac, records, panicReport } = await lose(unloadKext, death, loadedBefore);
    assert.deepEqual([outcome, causes, panicReport], ['failed', ['panicked'], '/state/report.panic']);
    assert.equal(
      diagnoses[0]?.message,
      'test-mac panicked: Turbine: stop ran away, in Turbine::stop(). It has restarted.',
    );
    assert.deepEqual(diagnoses[0]?.anchor, { file: join(folder, 'Turbine.cpp'), line: 6, column: 15, endColumn: 19 });
    assert.deepEqual(diagnoses[0]?.evidence.map(({ text }) => text).slice(1), [
      'org.sample.driver.Turbine: Turbine::stop',
      'kernel: IOService::terminateWorker',
      'panic report /Library/Logs/DiagnosticReports/Kernel_2020-11-24-160624_test-mac.panic of test-mac',
    ]);
    assert.deepEqual(records.panic.current, { diagnosis: diagnoses[0], report: '/state/report.panic' });
    assert.equal(times(mac.lines, 'kextunload'), 1);
    assert.deepEqual([records.current, records.journal.current], [undefined, undefined]);
    assert.ok(
      mac.lines.every(line => !/^sudo (?!kextunload)/.test(line)),
      'nothing else needed root',
    );
  });

  it('after a panic in another kext’s code: the report says whose', async () => {
    const meanwhile = ({ reports }: MortalTarget) =>
      void reports.set('panic-full-2023-09-21-115545.0002.ips', { text: panicOfAnother, ...now });
    const { diagnoses, panicReport } = await lose(reloadKext, { at: 'kextload', ...comesBack, meanwhile });
    assert.equal(panicReport, '/state/report.ips');
    assert.match(
      diagnoses[0]?.message ?? '',
      /^test-mac panicked: Kernel data abort\. at pc .*, in the code of org\.sample\.driver\.Pump\./,
    );
    assert.equal(diagnoses[0]?.certainty, 'likely');
  });

  it('and writes its report only later: it is waited for', async () => {
    let looks = 0;
    const writing = (mac: MortalTarget) => {
      const run = mac.runner.runTogether.bind(mac.runner);
      const runTogether: typeof run = (commands, signal) => {
        if (commands.some(({ argv }) => argv[0] === '-1t') && ++looks === 3)
          mac.reports.set('Kernel_x.panic', { text: panicIn('start', '__ZN7Turbine5startEP9IOService'), ...now });
        return run(commands, signal);
      };
      mac.runner.runTogether = runTogether;
    };
    const { causes, mac, told } = await lose(
      reloadKext,
      { at: 'kextload', backAfterMs: 1000, restarts: true },
      writing,
    );
    assert.deepEqual([causes, mac.pauses], [['panicked'], [1000, 2000, 4000]]);
    assert.ok(told.includes('waiting: the panic report of test-mac'));
  });

  it('and lets root alone read its reports: they are read as root', async () => {
    const meanwhile = (mac: MortalTarget) => {
      mac.reportsOfRoot = true;
      mac.reports.set('Kernel_x.panic', { text: panicIn('stop', stop), ...now });
    };
    const { causes, mac } = await lose(reloadKext, { at: 'kextload', ...comesBack, meanwhile });
    assert.deepEqual(causes, ['panicked']);
    assert.ok(mac.lines.includes('sudo cat /Library/Logs/DiagnosticReports/Kernel_x.panic'), mac.lines.join('\n'));
  });

  for (const clockAhead of [0, 7200, -7200])
    it(`without a panic, its clock ${clockAhead} s ahead: an earlier report is none of this operation`, async () => {
      const earlier = (mac: MortalTarget) => {
        mac.clockAhead = clockAhead;
        mac.reports.set('Kernel_old.panic', { text: panicIn('stop', stop), age: 60 });
      };
      const { outcome, causes, diagnoses, records, mac } = await lose(
        reloadKext,
        { at: 'kextload', ...comesBack },
        earlier,
      );
      assert.deepEqual([outcome, causes], ['failed', ['restarted']]);
      assert.equal(diagnoses[0]?.message, 'test-mac restarted while loading, and left no panic report.');
      assert.equal(records.panic.current?.report, undefined);
      assert.equal(times(mac.lines, 'kextload'), 1);
    });

  it('between two of its commands is noticed before the next phase', async () => {
    const mac = mortalTarget(undefined);
    const run = mac.runner.run.bind(mac.runner);
    mac.runner.run = async (...given) => {
      const output = await run(...given);
      if (given[0].tool === 'mv') mac.restart();
      return output;
    };
    const operation = await sampleOperation(folder, mac);
    const { outcome, diagnoses } = await reloadKext(operation, new AbortController().signal);
    assert.deepEqual([outcome, diagnoses[0]?.cause], ['failed', 'restarted']);
    assert.equal(times(mac.lines, 'kextload'), 0);
  });

  it('while a build was copied: told, and the build that waits goes on waiting', async () => {
    const pending = { uuid: built };
    const records = memoryRecords({ bootTime: 1000, diagnoses: [], pending });
    const mac = mortalTarget({ at: 'tar', backAfterMs: 1000, restarts: true });
    const operation = await sampleOperation(folder, mac, records);
    const { diagnoses } = await installKext(operation, new AbortController().signal);
    assert.match(diagnoses[0]?.message ?? '', /^test-mac restarted while installing/);
    assert.deepEqual(records.current, { bootTime: undefined, diagnoses: [], pending });
  });
});
