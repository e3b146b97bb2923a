import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSnapshot } from '../../../src/operations/kernel/snapshot.ts';
import type { JournalEvent, OtherKexts } from '../../../src/simulator/journalEvent.ts';
import type { KernelProgram } from '../../../src/simulator/kernelProgram.ts';
import { SimulatedMac } from '../../../src/simulator/simulatedMac.ts';
import { ProcessRunner } from '../../../src/targets/processRunner.ts';
import { SimulatedMacTarget } from '../../../src/targets/simulatedMacTarget.ts';
import { demoNames, readDemo } from '../renamedDemo.ts';
import { openBench, prepareKernel } from '../simulatedBench.ts';
import { elapsedMs, type Measured, medianMs } from './measured.ts';

const { signal } = new AbortController();
const host = new ProcessRunner();
const installed = '/private/tmp/kext-dev/Demo.kext';
const cycles = 1000;
const manyKexts = { kexts: 300, classes: 3000 };

/** How fast the Simulated Mac is: a question with twenty events, a thousand cycles, a snapshot of a full Mac. */
export async function simulatedMacSpeed(): Promise<readonly Measured[]> {
  const program = await prepareKernel();
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-speed-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  const files = await readDemo();
  const bench = await openBench(files);
  cleanup.defer(() => bench.remove());
  const bundle = (await bench.reload()).bundle?.folder ?? '';
  const bareMs = await medianMs(25, startNothing);
  const open = (name: string, otherKexts?: OtherKexts) => openMac(join(folder, name), program, otherKexts);
  const { bundleIdentifier, driver } = demoNames(files);
  return [
    await question(open('question').mac, bundle, driver, bareMs),
    await reloadCycles(open('cycles').mac, bundle, bundleIdentifier),
    await fullSnapshot(open('full', manyKexts).target, open('bare').target),
  ];
}

/** The peer of what starts processes: one that does nothing, started in the same way. */
function startNothing(): Promise<unknown> {
  return host.run({ tool: 'true', argv: [], asRoot: false, timeoutMs: 10_000, parse: () => undefined }, signal);
}

function openMac(
  folder: string,
  program: KernelProgram,
  otherKexts?: OtherKexts,
): { readonly mac: SimulatedMac; readonly target: SimulatedMacTarget } {
  const kernel = async () => program;
  const mac = new SimulatedMac(folder, kernel, host, otherKexts === undefined ? {} : { otherKexts });
  const target = new SimulatedMacTarget({ mac, kernel, state: folder, scenario: 'macos-10.15', log: () => undefined });
  return { mac, target };
}

/** Boot, load, twenty events and the whole answer, in a process of its own each time. */
async function question(mac: SimulatedMac, bundle: string, service: string, bareMs: number): Promise<Measured> {
  await mac.install(bundle, installed, signal);
  await mac.run('kextload', [installed], true, signal);
  const uses = Array.from({ length: 5 }, (_, at): readonly JournalEvent[] => {
    const [pid, connection] = [501 + at, 1 + at];
    return [
      { event: 'open', process: 'tool', pid, service, type: 0, connection },
      { event: 'wait', seconds: 1 },
      { event: 'close', connection },
      { event: 'quit', pid },
    ];
  }).flat();
  await mac.happen(uses, signal);
  const ms = await medianMs(25, () => mac.happen([], signal));
  return {
    name: 'a question: boot, load, 20 events, snapshot',
    value: ms,
    unit: 'ms',
    peer: 'a bare process',
    peerValue: bareMs,
    goal: { most: 50 },
  };
}

/** Load and unload, again and again, as a day of reloads has them. */
async function reloadCycles(mac: SimulatedMac, bundle: string, identifier: string): Promise<Measured> {
  await mac.install(bundle, installed, signal);
  const ms = await elapsedMs(async () => {
    for (let cycle = 0; cycle < cycles; cycle++) {
      await mac.run('kextload', [installed], true, signal);
      await mac.run('kextunload', ['-b', identifier], true, signal);
    }
  });
  const peerMs = await elapsedMs(async () => {
    for (let start = 0; start < 2 * cycles; start++) await startNothing();
  });
  const name = `${cycles.toLocaleString('en')} cycles of load and unload`;
  const peer = `${(2 * cycles).toLocaleString('en')} bare processes`;
  return { name, value: ms, unit: 'ms', peer, peerValue: peerMs, goal: { most: 30_000 } };
}

/** What the product reads of a Mac with hundreds of kexts, nothing of it known from before. */
async function fullSnapshot(full: SimulatedMacTarget, bare: SimulatedMacTarget): Promise<Measured> {
  const timeOf = (target: SimulatedMacTarget) =>
    medianMs(15, async () => {
      await target.pause(1000, signal);
      await readSnapshot(target, [], signal);
    });
  const [ms, peerMs] = [await timeOf(full), await timeOf(bare)];
  return {
    name: 'a snapshot of 300 kexts and 3,000 classes',
    value: ms,
    unit: 'ms',
    peer: 'the same of Apple’s kexts',
    peerValue: peerMs,
    goal: { most: 100 },
  };
}
