import type { KextBundle } from '../../bundle/kextBundle.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { installFailed } from '../../diagnosis/installFailed.ts';
import { recoveryAdvice } from '../../diagnosis/recoveryAdvice.ts';
import { capabilitiesOf } from '../../model/capabilities.ts';
import { readSystem } from '../kernel/readSystem.ts';
import type { Operation } from '../operation.ts';
import type { Phases } from '../phases.ts';
import { factsOf } from '../project/kextFacts.ts';
import { type InstalledCopy, installBundle } from './installBundle.ts';
import { InstallFailed } from './installError.ts';
import { type InstallPlace, installPlaceOf } from './installPlace.ts';
import { lookAtPlace } from './lookAtPlace.ts';

/** Where a build is installed, or why it is not. */
export type Installed =
  | { readonly place: InstallPlace; readonly copy: InstalledCopy }
  | { readonly diagnoses: readonly Diagnosis[] };

/** The phase in which a build is copied to the target. Rejects as Runner.run does. */
export function installProduct(
  operation: Operation,
  bundle: KextBundle,
  phases: Phases,
  signal: AbortSignal,
): Promise<Installed> {
  return phases.run('installing', signal, () => install(operation, bundle, phases, signal), outcomeOf);
}

/** Why the build is not to be installed as the target stands: asked before anything is given up for it. Nothing is changed. */
export async function whyNotInstalled(
  operation: Operation,
  bundle: KextBundle,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  const look = async () => {
    await lookAtPlace(operation.target.runner, await installPlaceOf(operation, bundle, signal), signal);
    return { diagnoses: [] };
  };
  return (await look().catch(error => refused(operation, error))).diagnoses;
}

async function install(
  operation: Operation,
  bundle: KextBundle,
  phases: Phases,
  signal: AbortSignal,
): Promise<Installed> {
  try {
    const place = await installPlaceOf(operation, bundle, signal);
    const advice = await adviceOn(operation, place, signal);
    const tell = (text: string) => operation.progress('installing', text);
    if (advice !== undefined) tell(advice.message);
    const copy = await installBundle(operation.target.runner, bundle.folder, place, signal, copyProgress(tell));
    if (advice !== undefined) phases.advise(advice);
    return { place, copy };
  } catch (error) {
    return refused(operation, error);
  }
}

function refused(operation: Operation, error: unknown): { readonly diagnoses: readonly Diagnosis[] } {
  if (!(error instanceof InstallFailed)) throw error;
  return { diagnoses: [installFailed(factsOf(operation), error.message, error)] };
}

/** The first time that a start of the target takes what is installed: what to do if it no longer starts. */
async function adviceOn(
  operation: Operation,
  { path }: InstallPlace,
  signal: AbortSignal,
): Promise<Diagnosis | undefined> {
  const { target, advised } = operation;
  if (target.simulated || advised === undefined || (await advised.isDone())) return undefined;
  const system = await readSystem(target, signal);
  return capabilitiesOf(system).fromCollection.value ? recoveryAdvice(factsOf(operation), path, system) : undefined;
}

function outcomeOf(installed: Installed): 'done' | 'failed' {
  return 'place' in installed ? 'done' : 'failed';
}

/** A copy of so many bytes takes a while on a slow link. */
const largeCopy = 4_000_000;

/** Tells of a large copy each quarter that is on the target. */
function copyProgress(tell: (text: string) => void): (sent: number, all: number) => void {
  let quarters = 0;
  return (sent, all) => {
    const now = Math.floor((4 * sent) / all);
    if (all < largeCopy || now === quarters) return;
    quarters = now;
    tell(`${megabytes(sent)} of ${megabytes(all)} MB`);
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
