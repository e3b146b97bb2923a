import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { interruptedOperation } from '../../../src/operations/record/interruptedOperation.ts';
import { reloadKext } from '../../../src/operations/reload.ts';
import { onForeignKext } from '../../../src/operations/unload/foreignKext.ts';
import { unloadOther } from '../../../src/operations/unloadOther.ts';
import { memoryRecords, sampleOperation, turbine } from './fakeTarget.ts';
import { type Death, type MortalTarget, mortalTarget, sampleThatStops } from './mortalTarget.ts';
import { panicOfAnother } from './panicReports.ts';

const never = new AbortController().signal;
const vendor = 'com.vendor.driver.Anemometer';
const uuid = 'CCCCCCCC-BBBB-CCCC-DDDD-EEEEEEEEEEEE';

describe('A target that goes down while another vendor’s kext is unloaded', () => {
  let folder: string;
  before(async () => {
    folder = await sampleThatStops();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function unload(death: Death, prepare: (mac: MortalTarget) => void = () => undefined) {
    const mac = mortalTarget(death);
    mac.loaded.set(vendor, uuid);
    prepare(mac);
    const [records, own] = [memoryRecords(), memoryRecords()];
    const told: string[] = [];
    const progress = (phase: string, plan?: string) => void told.push(plan === undefined ? phase : `${phase}: ${plan}`);
    const operation = { ...(await sampleOperation(folder, mac, own)), doing: `Unload ${vendor}`, progress };
    const foreign = onForeignKext({ ...operation, recordsOf: () => records }, vendor);
    const result = await unloadOther(foreign, never);
    const unloads = () => mac.lines.filter(line => line.includes(' kextunload ')).length;
    return {
      ...result,
      causes: result.diagnoses.map(({ cause }) => cause),
      records,
      own,
      foreign,
      operation,
      told,
      mac,
      unloads,
    };
  }

  it('and only the connection broke: the list says that it is gone, and nothing is left to be told', async () => {
    const meanwhile = (mac: MortalTarget) => void mac.loaded.delete(vendor);
    const { outcome, diagnoses, records, told, unloads } = await unload({
      at: 'kextunload',
      backAfterMs: 1000,
      meanwhile,
    });
    assert.deepEqual([outcome, diagnoses, unloads()], ['unloaded', [], 1]);
    assert.deepEqual(told, ['unloading', 'waiting: test-mac to answer again, 0 s']);
    assert.deepEqual([records.journal.current, records.current], [undefined, undefined]);
  });

  it('and it is still there: that is told of it, and of no kext of the project', async () => {
    const { outcome, diagnoses } = await unload({ at: 'kextunload', backAfterMs: 1000 });
    assert.equal(outcome, 'failed');
    assert.equal(
      diagnoses[0]?.message,
      `The connection to test-mac broke while unloading. It is up, in the same boot: ${vendor} is loaded, ${uuid}.`,
    );
    assert.deepEqual([diagnoses.length, diagnoses[0]?.anchor], [1, undefined]);
  });

  it('in a panic: the report is fetched, and remembered of that kext; the project’s own is reloaded unasked', async () => {
    const meanwhile = (mac: MortalTarget) => void mac.reports.set('Kernel_1.panic', { text: panicOfAnother, age: 0 });
    const death = { at: 'kextunload', backAfterMs: 1000, restarts: true, meanwhile };
    const { outcome, causes, diagnoses, panicReport, records, own, operation } = await unload(death);
    assert.deepEqual([outcome, causes, panicReport], ['failed', ['panicked'], '/state/report.panic']);
    assert.deepEqual(records.panic.current, { diagnosis: diagnoses[0], report: '/state/report.panic' });
    assert.deepEqual(
      [records.journal.current, own.panic.current, own.journal.current],
      [undefined, undefined, undefined],
    );
    assert.equal((await reloadKext(operation, never)).outcome, 'loaded');
  });

  it('and does not come back: the next look at that kext finds out what happened', async () => {
    const { causes, records, foreign, mac } = await unload({ at: 'kextunload' });
    assert.deepEqual(causes, ['connectionLost']);
    assert.equal(records.journal.current?.doing, `Unload ${vendor}`);
    mac.die({ backAfterMs: 1, restarts: true });
    await mac.pause(1, never);
    mac.reports.set('Kernel_1.panic', { text: panicOfAnother, age: 0 });
    assert.equal(await interruptedOperation(foreign, never), undefined);
    assert.equal(records.panic.current?.diagnosis.cause, 'panicked');
    assert.equal(records.journal.current, undefined);
  });

  it('has its own name in all that is told: the project’s is not in it', async () => {
    const { diagnoses } = await unload({ at: 'kextunload', backAfterMs: 1000, restarts: true });
    assert.deepEqual(
      diagnoses.map(({ cause }) => cause),
      ['restarted'],
    );
    assert.ok(!JSON.stringify(diagnoses).includes(turbine));
  });
});
