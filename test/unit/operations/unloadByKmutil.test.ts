import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { unloadKext } from '../../../src/operations/unload.ts';
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
const loaded = kextstatOf([turbine, 'AAAAAAAA-0000-0000-0000-000000000000']);

describe('Unload Kext on a Mac with kext collections', () => {
  let folder: string;
  before(async () => {
    folder = await sampleProject();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const ventura = { stdout: 'ProductName:\tmacOS\nProductVersion:\t13.6.7\nBuildVersion:\t22G720\n' };
  const executing = `Executing: /usr/bin/kmutil unload -b ${turbine}\n`;
  const kmutil = (text: string, number = 71) =>
    `${executing}Error Domain=KMErrorDomain Code=${number} "${text}" UserInfo={NSLocalizedDescription=${text}}\n`;
  const inUse = kmutil('Kernel request failed: (libkern/kext) kext is in use or retained (cannot unload) (-603946984)');
  const event = (eventMessage: string) =>
    JSON.stringify({ timestamp: '2026-11-23 10:00:00.000000+0000', eventMessage });
  const logged = [
    event(`Can't unload kext ${turbine}; classes have instances:`),
    event(`    Kext ${turbine} class Turbine has 3 instances.`),
    event('a line about somebody else'),
    event(`Can't unload kext ${turbine}; classes have instances:`),
    event(`    Kext ${turbine} class Rotor has 1 instance.`),
    '{"count":5,"finished":1}',
    '',
  ].join('\n');

  async function unload(answers: Answers) {
    const target = fakeTarget({ sw_vers: [ventura], ...answers });
    const result = await unloadKext(await sampleOperation(folder, target, memoryRecords()), never);
    return { ...result, lines: target.runner.lines };
  }

  it('reads why it was refused in the kernel’s log: the last attempt alone', async () => {
    const { outcome, diagnoses, lines } = await unload({
      kextunload: [{ stderr: inUse, exitCode: 71 }],
      kextstat: [loaded],
      log: [{ stdout: logged }],
      ioclasscount: [{ stdout: 'Turbine = 0\nRotor = 1\n' }],
    });
    assert.equal(outcome, 'refused');
    assert.deepEqual(
      diagnoses.map(({ class: name, verdict }) => [name, verdict]),
      [
        ['Rotor', 'leaked'],
        [undefined, undefined],
      ],
    );
    assert.ok(
      lines.includes('log show --style ndjson --last 1m --predicate \'process == "kernel"\''),
      lines.join('\n'),
    );
  });

  it('reads the log back to before the attempt, however long that took', async t => {
    let now = 0;
    t.mock.method(performance, 'now', () => now);
    for (const [seconds, minutes] of [
      [10, 1],
      [40, 2],
      [110, 3],
    ] as const) {
      const target = fakeTarget({
        sw_vers: [ventura],
        kextunload: [{ stderr: inUse, exitCode: 71 }],
        kextstat: [loaded],
      });
      const run: typeof target.runner.run = async (command, ...others) => {
        if (command.tool === 'kextunload') now += seconds * 1000;
        return target.runner.run(command, ...others);
      };
      const slow = { ...target, runner: { ...target.runner, run } };
      await unloadKext(await sampleOperation(folder, slow, memoryRecords()), never);
      const asked = target.runner.lines.filter(line => line.startsWith('log '));
      assert.deepEqual(asked, [`log show --style ndjson --last ${minutes}m --predicate 'process == "kernel"'`]);
    }
  });

  it('says that much without a log: refused, in kmutil’s words', async () => {
    const { outcome, diagnoses } = await unload({
      kextunload: [{ stderr: inUse, exitCode: 71 }],
      kextstat: [loaded],
      log: [{ stderr: 'log: Could not open local log store: Operation not permitted\n', exitCode: 64 }],
    });
    assert.equal(outcome, 'refused');
    assert.match(diagnoses[0]?.evidence[0]?.text ?? '', /kext is in use or retained/);
  });

  it('that cannot be reset: nothing was terminated, and nothing is remembered as if it were', async () => {
    const line = `Can't remove kext ${turbine}; unsupported by cache.`;
    const target = fakeTarget({
      sw_vers: [ventura],
      kextunload: [{ stderr: inUse, exitCode: 71 }],
      kextstat: [loaded],
      log: [{ stdout: `${event(line)}\n${event(line)}\n` }],
    });
    const records = memoryRecords();
    const { outcome, diagnoses } = await unloadKext(await sampleOperation(folder, target, records), never);
    assert.deepEqual([outcome, diagnoses.map(({ cause }) => cause)], ['refused', ['unsupportedByCache']]);
    assert.equal(diagnoses[0]?.evidence[0]?.text, `(kernel) ${line}`);
    assert.equal(diagnoses[0]?.evidence.length, 2, 'one attempt, and kmutil’s own words');
    assert.equal(records.current, undefined);
  });

  it('believes the list and not the tool, and says that such a Mac keeps the kext until it restarts', async () => {
    const { outcome, diagnoses, lines } = await unload({ kextunload: [{ stderr: executing }], kextstat: [loaded] });
    assert.deepEqual([outcome, diagnoses[0]?.cause, diagnoses[0]?.severity], ['stillLoaded', 'stillLoaded', 'warning']);
    assert.match(diagnoses[0]?.message ?? '', /keeps a kext of its collection until it restarts\.$/);
    assert.ok(lines.every(line => !line.startsWith('log ')));
  });
});
