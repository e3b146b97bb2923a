import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { approveKext } from '../../src/operations/approve.ts';
import { type Exercise, exerciseDriver } from '../../src/operations/exercise.ts';
import { readSnapshot } from '../../src/operations/kernel/snapshot.ts';
import type { Operation, OperationResult } from '../../src/operations/operation.ts';
import { findKextProject } from '../../src/operations/project/findKextProject.ts';
import { findKexts } from '../../src/operations/project/findKexts.ts';
import { withKnownIdentifier } from '../../src/operations/project/knownIdentifier.ts';
import { neighboursAmong } from '../../src/operations/project/neighbour.ts';
import { KextRecordFile } from '../../src/operations/record/kextRecord.ts';
import { finishReload, reloadKext } from '../../src/operations/reload.ts';
import { restartSimulatedMac } from '../../src/operations/restart.ts';
import { ShelfFolder } from '../../src/operations/shelf/shelfFolder.ts';
import { unloadKext } from '../../src/operations/unload.ts';
import { buildKernel, type KernelProgram } from '../../src/simulator/kernelProgram.ts';
import { withStateLock } from '../../src/simulator/stateLock.ts';
import { defaultScenario } from '../../src/simulator/systems/simulatedSystems.ts';
import { cacheFolder, kextRecordFile, kextShelfFolder } from '../../src/targets/folders.ts';
import { openSimulatedMac, type SimulatedMacPlaces } from '../../src/targets/openSimulatedMac.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import type { SimulatedMacTarget } from '../../src/targets/simulatedMacTarget.ts';
import { scenarioStateFolder } from '../../src/targets/simulatedScenarios.ts';
import type { Runner } from '../../src/tools/port/runner.ts';
import { type DemoFiles, writeDemo } from './renamedDemo.ts';
import { repositoryFolder, testFolder } from './repository.ts';

const sources = join(repositoryFolder, 'media', 'simulated-mac');

/** Where all tests of a checkout keep the built simulated kernel (XDG_CACHE_HOME). */
export const testCacheHome = join(testFolder, 'cache');

/** The simulated kernel, built where it isn't built yet, once, however many test processes ask. */
export async function prepareKernel(kernelSources = sources): Promise<KernelProgram> {
  const cache = cacheFolder({ XDG_CACHE_HOME: testCacheHome });
  const { signal } = new AbortController();
  await mkdir(cache, { recursive: true });
  return withStateLock(cache, signal, () => buildKernel(kernelSources, cache, new ProcessRunner(), signal));
}

/** A kext project and a Simulated Mac of its own, with the operations as the product's faces call them. */
export interface SimulatedBench {
  readonly project: string;
  readonly state: string;
  readonly target: SimulatedMacTarget;
  /** The tools' calls and answers, as the log shows them. */
  readonly log: string[];
  /** The project as it is on the disk at this moment. Throws where it is none. */
  operation(): Promise<Operation>;
  reload(signal?: AbortSignal): Promise<OperationResult>;
  finishReload(): Promise<OperationResult>;
  unload(): Promise<OperationResult>;
  /** As the project's process whose use is the usual one, or as the one that is named. */
  exercise(name?: string): Promise<Exercise>;
  approve(): Promise<OperationResult>;
  restart(): Promise<OperationResult>;
  /** What the Simulated Mac holds, with the objects of the project's classes. */
  snapshot(): Promise<Snapshot>;
  remove(): Promise<void>;
}

/**
 * What kind of Mac a bench has; `sources`: of another kernel than this checkout's; `host`: what starts its processes;
 * `workspace`: a folder with other kexts, which its operations know.
 */
export type BenchMac = Partial<Pick<SimulatedMacPlaces, 'scenario' | 'otherKexts' | 'sources'>> & {
  readonly host?: Runner;
  readonly workspace?: string;
};

/** Writes the project and opens a fresh Simulated Mac, both below a temporary folder of their own. */
export async function openBench(files: DemoFiles, mac: BenchMac = {}): Promise<SimulatedBench> {
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-bench-'));
  const project = join(folder, 'project');
  await writeDemo(files, project);
  const remove = () => rm(folder, { recursive: true, force: true });
  const state = scenarioStateFolder(join(folder, 'state'), mac.scenario ?? defaultScenario);
  return benchOn(project, state, remove, mac);
}

/** Runs `work` on a fresh bench and removes it afterwards, also where `work` failed. */
export async function withBench(
  files: DemoFiles,
  work: (bench: SimulatedBench) => Promise<void>,
  mac: BenchMac = {},
): Promise<void> {
  const bench = await openBench(files, mac);
  try {
    await work(bench);
  } finally {
    await bench.remove();
  }
}

/** The same for a project and a state that are there. */
export function benchOn(
  project: string,
  state: string,
  remove = async () => {},
  { host = new ProcessRunner(), workspace, ...mac }: BenchMac = {},
): SimulatedBench {
  const log: string[] = [];
  const cache = cacheFolder({ XDG_CACHE_HOME: testCacheHome });
  const target = openSimulatedMac({ sources, cache, state, ...mac }, host, text => log.push(text));
  const never = new AbortController().signal;
  const operation = async (): Promise<Operation> => {
    const found = await findKextProject(project, [], never);
    if ('problem' in found) throw new Error(found.problem);
    const recordsOf = (kext: string) => new KextRecordFile(kextRecordFile(state, kext));
    const records = recordsOf(found.rememberedAs);
    const others = workspace === undefined ? [] : (await findKexts(workspace)).kexts;
    const neighbours = neighboursAmong(others, found, recordsOf);
    const shelf = new ShelfFolder(kextShelfFolder(state, found.rememberedAs));
    // Who sits at it has seen every panic.
    const seen = { progress: () => undefined, afterPanic: true };
    return { project: await withKnownIdentifier(found, records), target, host, records, shelf, neighbours, ...seen };
  };
  return {
    project,
    state,
    target,
    log,
    operation,
    remove,
    reload: async (signal = never) => reloadKext(await operation(), signal),
    finishReload: async () => finishReload(await operation(), never),
    unload: async () => unloadKext(await operation(), never),
    exercise: async name => exerciseDriver(await operation(), target.switches, never, name),
    approve: async () => approveKext(await operation(), target.switches, never),
    restart: async () => restartSimulatedMac(await operation(), target.switches, never),
    snapshot: async () => readSnapshot(target, (await operation()).project.classes, never),
  };
}
