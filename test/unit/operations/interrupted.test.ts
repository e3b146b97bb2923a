import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { installKext } from '../../../src/operations/installKext.ts';
import { readSnapshot } from '../../../src/operations/kernel/snapshot.ts';
import { loadKext } from '../../../src/operations/loadKext.ts';
import type { Operation, OperationResult } from '../../../src/operations/operation.ts';
import type { JournalEntry } from '../../../src/operations/record/journalEntry.ts';
import { readStanding } from '../../../src/operations/record/readStanding.ts';
import { finishReload, reloadKext } from '../../../src/operations/reload.ts';
import { loadShelved } from '../../../src/operations/shelf/loadShelved.ts';
import { uninstallKext } from '../../../src/operations/uninstallKext.ts';
import { TargetLost } from '../../../src/tools/port/toolErrors.ts';
import { type MemoryRecords, memoryRecords, sampleOperation, sampleProject, turbine } from './fakeTarget.ts';
import { buildSample, built, type MortalTarget, mortalTarget } from './mortalTarget.ts';
import { panicIn } from './panicReports.ts';

const { signal } = new AbortController();
const report = { text: panicIn('start', '__ZN7Turbine5startEP9IOService'), age: 0 };

let folder: string;
before(async () => {
  folder = await sampleProject();
  await buildSample(folder);
});
after(() => rm(folder, { recursive: true, force: true }));

/** A Mac, and what a killed process left of a reload in that phase, which began a minute ago on the boot 1000. */
async function left(entry: Partial<JournalEntry> = {}, prepare: (mac: MortalTarget) => void = () => undefined) {
  const mac = mortalTarget(undefined);
  prepare(mac);
  const records = memoryRecords();
  const since = Date.now() - 60_000;
  const doing = `reload ${turbine}`;
  records.journal.current = { doing, phase: 'installing', begun: since, since, bootTime: 1000, pid: 4711, ...entry };
  const told: string[] = [];
  const progress: Operation['progress'] = (phase, plan) => told.push(plan === undefined ? phase : `${phase}: ${plan}`);
  const operation = { ...(await sampleOperation(folder, mac, records)), progress };
  return { mac, records, told, operation };
}

async function look(operation: Operation) {
  const { target, project } = operation;
  return readStanding(operation, await readSnapshot(target, project.classes, signal), signal);
}

const clock = (ms: number) => new Date(ms).toTimeString().slice(0, 5);

describe('An operation whose process was killed', () => {
  it('is told of by the next look: what it did, where it stopped, when, and what to do', async () => {
    const { operation, records } = await left();
    const { diagnoses } = await look(operation);
    const at = clock(records.journal.current?.since ?? 0);
    assert.deepEqual([diagnoses.length, diagnoses[0]?.cause, diagnoses[0]?.severity], [1, 'interrupted', 'warning']);
    const told = `^Reload ${turbine} stopped while installing, (on \\S+ )?at ${at}: its process 4711 is gone\\.$`;
    assert.match(diagnoses[0]?.message ?? '', new RegExp(told));
    assert.match(diagnoses[0]?.remedy ?? '', /^Reload: /);
    assert.deepEqual(diagnoses[0]?.evidence, [{ text: `${turbine} is not loaded on test-mac` }]);
  });

  it('is told of by every look until an operation has ended', async () => {
    const { operation, records, told } = await left();
    await look(operation);
    assert.equal((await look(operation)).diagnoses.length, 1);
    assert.equal((await installKext(operation, signal)).outcome, 'installed');
    assert.match(
      told[0] ?? '',
      new RegExp(`^installing: Reload ${turbine} stopped while installing, .*at \\d\\d:\\d\\d$`),
    );
    assert.equal(records.journal.current, undefined);
    assert.deepEqual((await look(operation)).diagnoses, []);
  });

  it('is told of still where the next operation was cancelled before it did anything', async () => {
    const { operation, records } = await left();
    const stopped = AbortSignal.abort();
    assert.equal((await installKext(operation, stopped)).outcome, 'cancelled');
    assert.equal(records.journal.current?.pid, 4711);
  });

  it('and works still is no interruption', async () => {
    const { operation } = await left();
    const target = { ...operation.target, working: async () => 'Reload, process 4711' };
    assert.deepEqual((await look({ ...operation, target })).diagnoses, []);
  });

  for (const [phase, remedy] of [
    ['building', /^Nothing was changed on test-mac/],
    ['unloading', /^Reload: /],
    ['loading', /^Reload: /],
    ['removing', /^Uninstall again/],
  ] as const)
    it(`while ${phase} is told with what that means`, async () => {
      const { operation } = await left({ phase });
      assert.match((await look(operation)).diagnoses[0]?.remedy ?? '', remedy);
    });

  it('while unloading, and the kext is still there: its drivers may be terminated', async () => {
    const { operation } = await left({ phase: 'unloading' }, mac => mac.loaded.set(turbine, built));
    assert.match((await look(operation)).diagnoses[0]?.remedy ?? '', /^Unload it again/);
  });

  it('while unloading another one before it: what to do again is what was asked for', async () => {
    const kext = 'org.sample.driver.User';
    const { operation } = await left({ phase: 'unloading', kext }, mac => mac.loaded.set(turbine, built));
    assert.equal(
      (await look(operation)).diagnoses[0]?.remedy,
      `Reload ${turbine} again. Where ${kext} is still loaded its drivers may be terminated already.`,
    );
  });
});

describe('A target that went down under an operation whose process is gone', () => {
  const dead = (mac: MortalTarget) => {
    mac.restart();
    mac.reports.set('Kernel_x.panic', report);
  };

  it('is found out by the next look: its panic is told, and remembered in place of the journal', async () => {
    const { operation, records } = await left({ phase: 'loading' }, dead);
    const { diagnoses, panic } = await look(operation);
    assert.deepEqual([diagnoses.map(({ cause }) => cause), panic?.report], [['panicked'], '/state/report.panic']);
    assert.equal(records.journal.current, undefined);
    assert.deepEqual((await look(operation)).diagnoses, diagnoses);
  });

  it('and of which no report is there yet is left open by a look', async () => {
    const { operation, records } = await left({ phase: 'loading' }, mac => mac.restart());
    const { diagnoses } = await look(operation);
    assert.deepEqual(diagnoses[0]?.evidence[1], { text: 'test-mac has restarted since' });
    assert.equal(records.journal.current?.phase, 'loading');
  });

  it('and whose reports root alone may read is left open by a look: nobody is asked for a password', async () => {
    const { operation, records, mac } = await left({ phase: 'loading' }, target => {
      dead(target);
      target.reportsOfRoot = true;
    });
    await look(operation);
    assert.equal(records.journal.current?.phase, 'loading');
    assert.ok(mac.lines.every(line => !line.startsWith('sudo')));
  });

  it('is found out by the next reload, too, which then does nothing', async () => {
    const { operation, records } = await left({ phase: 'loading' }, dead);
    await assert.rejects(reloadKext(operation, signal), { name: 'AfterPanic' });
    assert.equal(records.panic.current?.diagnosis.cause, 'panicked');
  });

  it('and left no report makes the next reload ask as well', async () => {
    const { operation, records } = await left({ phase: 'loading' }, mac => mac.restart());
    await assert.rejects(reloadKext(operation, signal), { name: 'AfterPanic' });
    assert.equal(records.panic.current?.diagnosis.cause, 'restarted');
  });

  it('and cannot be reached keeps nobody from building', async () => {
    const { operation, records } = await left({ phase: 'loading' }, mac => mac.die({}));
    await assert.rejects(reloadKext(operation, signal), TargetLost);
    assert.equal(records.journal.current?.phase, 'loading');
  });
});

describe('After a panic', () => {
  const diagnosis = { cause: 'panicked', message: 'test-mac panicked: adrift.', evidence: [] } as const;

  async function panicked(run: (operation: Operation) => Promise<OperationResult>): Promise<MemoryRecords> {
    const { operation, records } = await left({});
    await records.journal.clear();
    records.panic.current = { diagnosis: diagnosis as never };
    await run(operation).catch(() => undefined);
    return records;
  }

  it('a reload is refused in one line, and does nothing', async () => {
    const { operation, records, mac } = await left({});
    await records.journal.clear();
    records.panic.current = { diagnosis: diagnosis as never };
    await assert.rejects(reloadKext(operation, signal), {
      name: 'AfterPanic',
      message:
        `test-mac went down under the last operation on ${turbine}: test-mac panicked: adrift. Nothing was done: it is ` +
        'reloaded once that was seen, by Reload Kext in the editor, or by reload --after-panic in a terminal.',
    });
    assert.deepEqual(mac.lines, []);
  });

  it('nothing else that loads it does, either: it could be the very code under which the target went down', async () => {
    const uuid = 'AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE';
    const shelved = { bundle: '/shelf/Turbine.kext', uuid } as never;
    const runs: readonly (readonly [string, (operation: Operation) => Promise<OperationResult>])[] = [
      ['Load Kext in the editor, or by load --after-panic in', operation => loadKext(operation, signal)],
      ['Finish Reload in the editor, or by reload --after-panic in', operation => finishReload(operation, signal)],
      ['Show Shelf in the editor', operation => loadShelved(operation, shelved, signal)],
    ];
    for (const [how, run] of runs) {
      const { operation, records, mac } = await left({});
      await records.journal.clear();
      records.panic.current = { diagnosis: diagnosis as never };
      await assert.rejects(run(operation), ({ name, message }: Error) => {
        assert.equal(name, 'AfterPanic');
        assert.match(message, /test-mac panicked: adrift\. Nothing was done: /);
        assert.ok(message.includes(how), message);
        return true;
      });
      assert.deepEqual(
        mac.lines.filter(line => line.includes('kext')),
        [],
        how,
      );
    }
  });

  it('a load of somebody who has seen it goes on, and what it proves makes it void', async () => {
    const records = await panicked(async operation => {
      await installKext(operation, signal);
      return loadKext({ ...operation, afterPanic: true }, signal);
    });
    assert.equal(records.panic.current, undefined);
  });

  it('a reload of somebody who has seen it goes on, and what it proves makes it void', async () => {
    const records = await panicked(operation => reloadKext({ ...operation, afterPanic: true }, signal));
    assert.equal(records.panic.current, undefined);
  });

  it('an uninstall makes it void, and an install does not', async () => {
    assert.equal((await panicked(operation => uninstallKext(operation, signal))).panic.current, undefined);
    assert.notEqual((await panicked(operation => installKext(operation, signal))).panic.current, undefined);
  });
});
