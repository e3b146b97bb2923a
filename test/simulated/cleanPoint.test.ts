import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readSnapshot } from '../../src/operations/kernel/snapshot.ts';
import { cleanPoint } from '../../src/simulator/cleanPoint.ts';
import { soundEvents } from '../../src/simulator/journal.ts';
import type { KernelAnswer } from '../../src/simulator/kernelAnswer.ts';
import { SimulatedMac } from '../../src/simulator/simulatedMac.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { SimulatedMacTarget } from '../../src/targets/simulatedMacTarget.ts';
import { CountingRunner } from '../support/countingRunner.ts';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { openBench, prepareKernel, type SimulatedBench } from '../support/simulatedBench.ts';
import { boot, buildDriver, call, close, type Event, open, quit, runMac, wait } from './drivers/smallDriver.ts';

const { signal } = new AbortController();

/** All of a Mac but what it was asked. */
const stateOf = ({ events: _, ...state }: KernelAnswer) => state;

describe('A kernel of which nothing has happened is left', () => {
  const uses: Readonly<Record<string, readonly Event[]>> = {
    Sleeper: [open('Sleeper'), call(1, 0, 1500), call(1, 4, 100), wait(3), close(1), quit(1)],
    Gate: [open('Gate'), open('Gate', 2), call(1, 3, 100), wait(1), call(1, 8), quit(1), quit(2)],
    Notified: [open('Notified'), call(1, 0), call(1, 1), quit(1)],
    Phases: [open('Phases'), call(1, 0, 0), call(1, 0, 1), close(1)],
  };

  for (const [name, use] of Object.entries(uses))
    it(`goes on from there as if all had been replayed: ${name}`, async () => {
      const driver = await buildDriver(name);
      try {
        const once = [driver.load, ...use, driver.unload];
        const [atStart, first] = [await runMac(driver, boot), await runMac(driver, boot, ...once)];
        const { resume } = cleanPoint([], first, atStart) ?? assert.fail('something is left');
        const log = resume.log.map(line => ({ ...line }));
        const resumed: Event = { ...boot, resume: { ...resume, nextAddress: BigInt(resume.nextAddress), log } };
        const [short, long] = [await runMac(driver, resumed, ...once), await runMac(driver, boot, ...once, ...once)];
        assert.deepEqual(stateOf(short), stateOf(long));
        assert.deepEqual(short.events.slice(1), long.events.slice(1 + once.length));
      } finally {
        await driver.remove();
      }
    });

  it('is not one with a thread that has not ended, an object more, or a device that is in', async () => {
    const driver = await buildDriver('Unloaded');
    try {
      const [atStart, loaded] = [await runMac(driver, boot), await runMac(driver, boot, driver.load)];
      assert.equal(cleanPoint([], loaded, atStart), undefined);
      const plugged = await runMac(driver, boot, { event: 'plug', name: 'Motor' });
      assert.equal(cleanPoint([], plugged, atStart), undefined);
      assert.equal(cleanPoint([], { ...atStart, threads: 1 }, atStart), undefined);
      assert.ok(cleanPoint([], atStart, atStart));
      const process = { event: 'open', process: 'tool', pid: 1, service: 'S', type: 0, connection: 1 } as const;
      assert.equal(cleanPoint([process], atStart, atStart), undefined);
      assert.equal(cleanPoint([process, { event: 'quit', pid: 1 }], atStart, atStart)?.processes, 1);
    } finally {
      await driver.remove();
    }
  });
});

describe('What a Simulated Mac costs', () => {
  let bench: SimulatedBench;
  let folder: string;
  let host: CountingRunner;
  let mac: SimulatedMac;
  let target: SimulatedMacTarget;
  let identifier: string;
  const installed = '/private/tmp/kext-dev/Demo.kext';

  before(async () => {
    const files = await readDemo();
    identifier = demoNames(files).bundleIdentifier;
    bench = await openBench(files);
    const { bundle } = await bench.reload();
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-cost-'));
    host = new CountingRunner(new ProcessRunner());
    const program = await prepareKernel();
    mac = new SimulatedMac(folder, async () => program, host);
    const kernel = async () => program;
    target = new SimulatedMacTarget({ mac, kernel, state: folder, scenario: 'macos-10.15', log: () => undefined });
    await mac.install(bundle?.folder ?? assert.fail(), installed, signal);
  });
  after(async () => {
    await bench.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** Of each of the kernel's processes since this was last asked: the bytes that it read. */
  const inputs = () => host.take().flatMap(({ input }) => (input === undefined ? [] : [input.length]));

  const run = async (tool: string, ...argv: readonly string[]) => {
    const { exitCode, stderr } = await mac.run(tool, argv, true, signal);
    assert.equal(exitCode, 0, stderr);
  };

  it('a snapshot is one process of its kernel, and none where nothing has happened since the last question', async () => {
    const snapshot = () => readSnapshot(target, [], signal);
    inputs();
    await snapshot();
    assert.equal(inputs().length, 1);
    await snapshot();
    assert.equal(inputs().length, 0);
    await run('kextload', installed);
    assert.equal(inputs().length, 1);
    await snapshot();
    assert.equal(inputs().length, 0);
    await run('kextunload', '-b', identifier);
  });

  it('the hundredth cycle of load and unload reads and keeps as little as the fiftieth', async () => {
    const cycle = async () => {
      await run('kextload', installed);
      await run('kextunload', '-b', identifier);
      return (await stat(join(folder, 'journal.jsonl'))).size;
    };
    const cycles = async (count: number) => {
      for (let done = 1; done < count; done++) await cycle();
      inputs();
      return [await cycle(), ...inputs()];
    };
    const fiftieth = await cycles(50);
    assert.equal(fiftieth.length, 3);
    const hundredth = await cycles(50);
    for (const [at, bytes] of hundredth.entries()) assert.ok(bytes <= (fiftieth[at] ?? 0) + 50, `${bytes}`);
    const { events } = soundEvents(await readFile(join(folder, 'journal.jsonl'), 'utf8'));
    assert.deepEqual(
      events.map(({ event }) => event),
      ['boot', 'clean'],
    );
    const { kexts, nextKext } = await mac.ask(signal);
    assert.equal(nextKext, kexts.length + 1 + 100 + 1);
  });
});
