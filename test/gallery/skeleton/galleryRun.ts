import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OperationResult } from '../../../src/operations/operation.ts';
import type { UnloadEvent } from '../../../src/simulator/journalEvent.ts';
import type { KernelAnswer } from '../../../src/simulator/kernelAnswer.ts';
import { SimulatedMac } from '../../../src/simulator/simulatedMac.ts';
import { pluggedDevices } from '../../../src/simulator/whatIsThere.ts';
import { writeDemo } from '../../support/renamedDemo.ts';
import { benchOn, prepareKernel, type SimulatedBench } from '../../support/simulatedBench.ts';
import type { GalleryDriver } from './driverFolders.ts';
import { driverProject, identifierOf, neighbourProject } from './project.ts';
import { type RecordedObject, readReferences, TracingRunner } from './referenceTrace.ts';
import type { Step } from './truth.ts';

const never = new AbortController().signal;

/** What became of a driver of the gallery on a Simulated Mac of its own. */
export interface GalleryRun {
  readonly project: string;
  /** What the product said of the unload. */
  readonly unload: OperationResult;
  /** The classes that kextunload named at its first attempt, by name. */
  readonly named: readonly string[];
  /** The kernel's own record of the moment after it. */
  readonly after: KernelAnswer;
  /** Of the driver's objects that are left then, where it was to be recorded. */
  readonly references: readonly RecordedObject[];
  /** And after the same all over again, where it was unloaded: the kernel keeps some things that it makes once. */
  readonly again: KernelAnswer | undefined;
}

/** Builds the driver, loads it, lets happen what its truth tells, and unloads it, as the product does that. */
export async function runDriver(
  driver: GalleryDriver,
  { sources, recorded = false }: { readonly sources?: string; readonly recorded?: boolean } = {},
): Promise<GalleryRun> {
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-gallery-'));
  const state = join(folder, 'state');
  const steps = driver.truth.happens ?? [];
  try {
    const program = await prepareKernel(sources);
    const tracing = new TracingRunner();
    const mac = new SimulatedMac(state, async () => program, tracing);
    const project = join(folder, driver.name);
    await writeDemo(await driverProject(driver), project);
    const mine = sources === undefined ? {} : { sources };
    const bench = benchOn(project, state, undefined, mine);
    await load(bench, driver.truth.stillStarting);
    await loadNeighbour(driver, folder, neighbour => benchOn(neighbour, state, undefined, mine));
    await happen(mac, steps);
    const unload = await bench.unload();
    const named = namedClasses(bench.log.find(text => /\$ (sudo )?kextunload /.test(text)) ?? '');
    const isGone = unload.outcome === 'unloaded';
    const pullOut = pluggedDevices(steps).map((name): Step => ({ event: 'unplug', name }));
    const after = await happen(mac, isGone ? pullOut : []);
    if (!isGone) {
      tracing.file = recorded ? join(folder, 'references.txt') : undefined;
      await mac.happen([], never);
      const references = tracing.file === undefined ? [] : await readReferences(tracing.file);
      return { project, unload, named, after, references, again: undefined };
    }
    assert.equal((await mac.run('kextload', [installed(driver.name)], true, never)).exitCode, 0);
    await happen(mac, steps.map(byOthers));
    const unloading: UnloadEvent = { event: 'unload', identifier: identifierOf(driver.name) };
    if (driver.truth.refusedAtFirst) await mac.happen([unloading, { event: 'wait', seconds: 1 }], never);
    const again = await happen(mac, [unloading, ...pullOut]);
    return { project, unload, named, after, references: [], again };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same step by a process of its own: one that stays has its dead connection still. */
function byOthers(step: Step): Step {
  const next = 1000;
  if (step.event === 'open') return { ...step, pid: step.pid + next, connection: step.connection + next };
  if (step.event === 'quit') return { ...step, pid: step.pid + next };
  return 'connection' in step ? { ...step, connection: step.connection + next } : step;
}

const installed = (name: string) => `/private/tmp/kext-dev/${name}.kext`;

function namedClasses(said: string): readonly string[] {
  return [...said.matchAll(/ class (\S+) has -?\d+ instance/g)].map(([, name = '']) => name).sort();
}

async function load(bench: SimulatedBench, stillStarting: readonly string[] = []): Promise<void> {
  const { outcome, diagnoses } = await bench.reload();
  const found = diagnoses.filter(({ severity }) => severity !== 'information');
  const starting = found.filter(({ message }) => message.includes('is still inside its start()'));
  const mistakes = found.filter(each => !starting.includes(each)).map(({ message }) => message);
  const seen = { outcome, mistakes, stillStarting: starting.map(each => each.class) };
  assert.deepEqual(seen, { outcome: 'loaded', mistakes: [], stillStarting });
}

async function loadNeighbour(
  driver: GalleryDriver,
  folder: string,
  on: (project: string) => SimulatedBench,
): Promise<void> {
  const files = await neighbourProject(driver);
  if (files === undefined) return;
  const project = join(folder, 'neighbour');
  await writeDemo(files, project);
  await load(on(project));
}

/** A call may fail: that is what the driver's author left out. Nothing else may. */
async function happen(mac: SimulatedMac, events: readonly (Step | UnloadEvent)[]): Promise<KernelAnswer> {
  const { results, answer } = await mac.happen(events, never);
  const failed = events.filter(({ event }, at) => event !== 'call' && results[at]?.status !== 0);
  assert.deepEqual(failed, []);
  return answer;
}
