import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { failureOf } from '../../../src/operations/failure.ts';
import { unloadKext } from '../../../src/operations/unload.ts';
import { RootRefused, TargetLost } from '../../../src/tools/port/toolErrors.ts';
import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';
import {
  type Answers,
  fakeTarget,
  kextstatOf,
  memoryRecords,
  sampleOperation,
  sampleProject,
  turbine,
} from './fakeTarget.ts';

const never = new AbortController().signal;
const uuid = 'AAAAAAAA-0000-0000-0000-000000000000';
const loaded = kextstatOf([turbine, uuid]);
const gone = kextstatOf();
const refusal = (className = 'Rotor') => ({
  exitCode: 3,
  stderr: [
    `(kernel) Can't unload kext ${turbine}; classes have instances:`,
    `(kernel)     Kext ${turbine} class ${className} has 1 instance.`,
    `Failed to unload ${turbine} - (libkern/kext) kext is in use or retained (cannot unload).`,
    '',
  ].join('\n'),
});

describe('Unload Kext', () => {
  let folder: string;
  before(async () => {
    folder = await sampleProject();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function unload(answers: Answers, records = memoryRecords()) {
    const target = fakeTarget(answers);
    const result = await unloadKext(await sampleOperation(folder, target, records), never);
    const unloads = target.runner.lines.filter(line => line === `sudo kextunload -b ${turbine}`).length;
    return { ...result, target, unloads, record: records.current };
  }

  it('ends in unloaded where the tool says so and the list agrees; nothing is remembered', async () => {
    const earlier = memoryRecords({ bootTime: 1000, diagnoses: [], refused: { uuid } });
    const { outcome, diagnoses, record } = await unload({ kextunload: [{}], kextstat: [gone] }, earlier);
    assert.deepEqual([outcome, diagnoses, record], ['unloaded', [], undefined]);
  });

  it('ends in stillLoaded where the tool says so and the list disagrees', async () => {
    const { outcome, diagnoses } = await unload({ kextunload: [{}], kextstat: [loaded] });
    assert.equal(outcome, 'stillLoaded');
    assert.equal(diagnoses[0]?.message, `kextunload reported success, but test-mac still lists ${turbine}.`);
  });

  it('ends in notFound where it was not loaded', async () => {
    const stderr = `Failed to unload ${turbine} - (libkern/kext) not found.\n`;
    const { outcome, diagnoses } = await unload({ kextunload: [{ stderr, exitCode: 1 }] });
    assert.deepEqual([outcome, diagnoses], ['notFound', []]);
  });

  it('ends in refused with the class that is leaked, on its line, and remembers that for this boot', async () => {
    const { outcome, diagnoses, unloads, record, target } = await unload({
      kextunload: [refusal()],
      kextstat: [loaded],
      ioclasscount: [{ stdout: 'Turbine = 0\nRotor = 1\n' }],
    });
    assert.deepEqual([outcome, unloads, target.pauses], ['refused', 1, [1000]]);
    const [leak, whole] = diagnoses;
    assert.deepEqual(
      [leak?.class, leak?.verdict, leak?.anchor?.file, leak?.anchor?.line],
      ['Rotor', 'leaked', join(folder, 'Turbine.hpp'), 7],
    );
    assert.deepEqual([whole?.cause, whole?.anchor?.file], ['refused', join(folder, 'Info.plist')]);
    assert.deepEqual([record?.bootTime, record?.refused, record?.diagnoses], [1000, { uuid }, diagnoses]);
  });

  it('tries once more where the last instance was only late', async () => {
    const { outcome, unloads, diagnoses } = await unload({
      kextunload: [refusal(), {}],
      kextstat: [loaded, gone],
      ioclasscount: [{ stdout: 'Rotor = 0\n' }],
    });
    assert.deepEqual([outcome, unloads, diagnoses], ['unloaded', 2, []]);
  });

  it('tries no third time', async () => {
    const { outcome, unloads } = await unload({
      kextunload: [refusal()],
      kextstat: [loaded],
      ioclasscount: [{ stdout: 'Rotor = 0\n' }],
    });
    assert.deepEqual([outcome, unloads], ['refused', 2]);
  });

  it('does not wait where no class was named', async () => {
    const stderr = `(kernel) Can't remove kext ${turbine}; services failed to terminate - 0xdc008018.\nFailed to unload ${turbine} - (libkern/kext) kext is in use or retained (cannot unload).\n`;
    const { target } = await unload({ kextunload: [{ stderr, exitCode: 3 }], kextstat: [loaded] });
    assert.deepEqual(target.pauses, []);
  });

  it('names what is linked against the kext', async () => {
    const stderr = `(kernel) Can't remove kext ${turbine}; services failed to terminate - 0xdc008018.\nFailed to unload ${turbine} - (libkern/kext) kext is in use or retained (cannot unload).\n`;
    const { outcome, diagnoses } = await unload({
      kextunload: [{ stderr, exitCode: 3 }],
      kextstat: [kextstatOf([turbine, uuid], ['org.sample.Needing', uuid, '150 1'])],
    });
    assert.deepEqual([outcome, diagnoses.length], ['dependents', 1]);
    assert.equal(
      diagnoses[0]?.message,
      `${turbine} is in use: org.sample.Needing linked against it. Nothing was terminated.`,
    );
  });

  it('ends in cancelled when it is cancelled, and remembers nothing', async () => {
    const records = memoryRecords();
    const target = fakeTarget({});
    const { outcome, phases } = await unloadKext(await sampleOperation(folder, target, records), AbortSignal.abort());
    assert.deepEqual([outcome, phases, target.runner.lines, records.current], ['cancelled', [], [], undefined]);
  });

  /** Cancelled while kextunload runs, which answers so. */
  async function cancelled(answer: Partial<ToolOutput> | Error) {
    const stop = new AbortController();
    const target = fakeTarget({ kextunload: [answer] });
    const run = target.runner.run.bind(target.runner);
    target.runner.run = (command, signal) => {
      if (command.tool === 'kextunload') stop.abort();
      return run(command, signal);
    };
    return unloadKext(await sampleOperation(folder, target), stop.signal);
  }

  it('that is cancelled while kextunload hangs says that it goes on, and by which process', async () => {
    await assert.rejects(
      cancelled({ timedOut: true, exitCode: null, pid: 4711 }),
      /kextunload gave no answer in time, and goes on as root \(process 4711\)/,
    );
  });

  it('that is cancelled where the password is asked for is cancelled: nothing ran', async () => {
    const notGiven = new RootRefused('kextunload', 'no password was given', 'passwordNotGiven');
    const { outcome, phases } = await cancelled(notGiven);
    assert.deepEqual([outcome, phases.map(each => each.outcome)], ['cancelled', ['cancelled']]);
    await assert.rejects(cancelled(new RootRefused('kextunload', 'sudo is broken', 'sudoBroken')), /sudo is broken/);
  });
});

describe('A target that fails during an unload', () => {
  let folder: string;
  before(async () => {
    folder = await sampleProject();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const failure = async (answers: Answers) => {
    const operation = await sampleOperation(folder, fakeTarget(answers));
    return unloadKext(operation, never).then(
      ({ outcome }) => assert.fail(`ended in ${outcome}`),
      error => failureOf(error),
    );
  };

  const rubbish = { stdout: '\u0001\u0002 rubbish', stderr: 'more of it' };
  for (const tool of ['kextunload', 'kextstat', 'ioclasscount', 'ioreg', 'sw_vers', 'sysctl']) {
    it(`because ${tool} prints rubbish: its name, what was expected, and all that it said`, async () => {
      const { kind, message } = await failure({ kextunload: [{}], [tool]: [rubbish] });
      assert.equal(kind, 'unknownText');
      assert.match(message, new RegExp(`^${tool} exited with 0; expected `));
      assert.ok(message.includes('rubbish') && message.includes('more of it'), message);
    });

    it(`because ${tool} dies by a signal or never answers`, async () => {
      const died = await failure({ kextunload: [{}], [tool]: [{ exitCode: null, signal: 'SIGSEGV' }] });
      assert.match(died.message, new RegExp(`^${tool} was killed by SIGSEGV; expected `));
      const hung = await failure({ kextunload: [{}], [tool]: [{ exitCode: null, signal: 'SIGTERM', timedOut: true }] });
      assert.match(hung.message, new RegExp(`^${tool} gave no answer in time; expected `));
    });
  }

  it('because it panicked: that is the result, and what was remembered is void', async () => {
    const frames = [
      { image: turbine, function: 'Turbine::stop(IOService*)', position: { file: '/p', line: 4, column: 1 } },
    ];
    const target = fakeTarget({ kextunload: [new TargetLost('gone')] }, { reason: 'page fault', frames });
    const records = memoryRecords({ bootTime: 1000, diagnoses: [], refused: { uuid } });
    const { outcome, diagnoses } = await unloadKext(await sampleOperation(folder, target, records), never);
    assert.deepEqual([outcome, diagnoses[0]?.cause, records.current], ['failed', 'panicked', undefined]);
    assert.equal(diagnoses[0]?.message, 'test-mac panicked: page fault, in Turbine::stop(). It has restarted.');
  });

  it('because it cannot be reached: that goes on to the caller, and nothing is waited for', async () => {
    const target = fakeTarget({ sw_vers: [new TargetLost('test-mac is gone')] });
    await assert.rejects(unloadKext(await sampleOperation(folder, target), never), { message: 'test-mac is gone' });
    assert.deepEqual(target.pauses, []);
  });
});
