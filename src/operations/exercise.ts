import { basename } from 'node:path';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { bootOf } from '../model/boot.ts';
import type { DriverUse, DriverUsed, UsedStep } from '../model/driverUse.ts';
import type { SimulatedMacSwitches } from '../tools/port/simulatedMacSwitches.ts';
import { guarded } from './guarded.ts';
import { readSystem } from './kernel/readSystem.ts';
import type { Operation, OperationResult } from './operation.ts';
import { type DriverUseFile, driverUseSuffix, readDriverUses } from './project/driverUseFile.ts';
import { factsOf } from './project/kextFacts.ts';
import { kextStanding } from './record/standing.ts';

/** What the process did, step by step. */
export interface Exercise extends OperationResult {
  readonly process: string | undefined;
  readonly steps: readonly UsedStep[];
  /** Of the process, where it stays. */
  readonly pid?: number;
}

/** No description of a use was found, or it has a mistake; the message says what is expected. */
export class NoDriverUse extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoDriverUse';
  }
}

/**
 * Use the Driver: a process of the Simulated Mac opens the service, calls it, and exits or stays, as the project
 * describes. Where several descriptions are there, `name` says which: its process, or the name of its file; without it the
 * only one whose process comes and goes is meant. Rejects with NoDriverUse.
 */
export async function exerciseDriver(
  operation: Operation,
  switches: SimulatedMacSwitches,
  signal: AbortSignal,
  name?: string,
): Promise<Exercise> {
  const { folder } = operation.project;
  const use = chosenUse(await readDriverUses(folder), folder, name);
  let used: DriverUsed = { steps: [] };
  const result = await guarded(operation, signal, async () => {
    used = await switches.use(use, signal);
    const failed = used.steps.some(({ status }) => status !== 0);
    const diagnoses = failed ? await knownReasons(operation, used, signal) : [];
    return { outcome: failed ? 'failed' : 'used', phases: [], diagnoses };
  });
  const { steps, running } = used;
  return { ...result, process: use.process, steps, ...(running === undefined ? {} : { pid: running.pid }) };
}

/** What is known of the kext that tells why its driver could not be used: it is not run here, or not yet. */
async function knownReasons(
  operation: Operation,
  { steps }: DriverUsed,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  const system = await readSystem(operation.target, signal);
  const record = await operation.records.read();
  const { diagnoses } = kextStanding(record, { ...bootOf(system), loaded: true, facts: factsOf(operation) });
  const isThere = !steps.some(({ kind, status }) => kind === 'open' && status === notFound);
  return diagnoses.filter(({ cause, about }) => cause === 'notRunHere' || (about === 'wait' && !isThere));
}

/** kIOReturnNotFound. */
const notFound = 0xe00002f0;

/** Whether a use is meant where none is named: the only one after which nothing stays. */
export async function hasUsualUse(folder: string): Promise<boolean> {
  return usual(await readDriverUses(folder)).length < 2;
}

/** The names under which a project's descriptions of uses can be asked for, those with a mistake left out. */
export async function driverUses(
  folder: string,
): Promise<readonly { readonly name: string; readonly use: DriverUse }[]> {
  return (await readDriverUses(folder)).flatMap(file =>
    'problem' in file ? [] : [{ name: nameOf(file), use: file.use }],
  );
}

function chosenUse(files: readonly DriverUseFile[], folder: string, name: string | undefined): DriverUse {
  const wanted = name === undefined ? usual(files) : files.filter(file => isCalled(file, name));
  const [first, ...others] = wanted;
  const names = files.map(nameOf).join(', ');
  if (files.length === 0) {
    const expected = `expected a file NAME${driverUseSuffix}`;
    throw new NoDriverUse(`Nothing in ${folder} says how a process uses the driver: ${expected}`);
  }
  if (first === undefined) throw new NoDriverUse(`No use of the driver is called ${name}; there are: ${names}`);
  if (others.length > 0) throw new NoDriverUse(`The driver is used in several ways; say which: ${names}`);
  if ('problem' in first) throw new NoDriverUse(first.problem);
  return first.use;
}

/** The only use after which nothing stays; all of them where there is no such one. */
function usual(files: readonly DriverUseFile[]): readonly DriverUseFile[] {
  const passing = files.filter(file => 'problem' in file || !file.use.keepsRunning);
  return passing.length === 1 ? passing : files;
}

function isCalled(file: DriverUseFile, name: string): boolean {
  return nameOf(file) === name || ('use' in file && file.use.process === name);
}

/** The name of the file without its ending. */
function nameOf({ file }: DriverUseFile): string {
  return basename(file).slice(0, -driverUseSuffix.length);
}
