import type { KextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { installFailed } from '../diagnosis/installFailed.ts';
import { recoveryAdvice } from '../diagnosis/recoveryAdvice.ts';
import { capabilitiesOf } from '../model/capabilities.ts';
import { type InstalledCopy, InstallFailed, installBundle } from './installBundle.ts';
import { type InstallPlace, installPlaceOf } from './installPlace.ts';
import { factsOf } from './kextFacts.ts';
import type { Operation } from './operation.ts';
import type { Phases } from './phases.ts';
import { readSystem } from './readSystem.ts';

/** Where a build is installed, or why it is not. */
export type Installed =
  | { readonly place: InstallPlace; readonly copy: InstalledCopy; readonly advice: readonly Diagnosis[] }
  | { readonly diagnoses: readonly Diagnosis[] };

/** The phase in which a build is copied to the target. Rejects as Runner.run does. */
export function installProduct(
  operation: Operation,
  bundle: KextBundle,
  phases: Phases,
  signal: AbortSignal,
): Promise<Installed> {
  return phases.run('installing', signal, () => install(operation, bundle, signal), outcomeOf);
}

async function install(operation: Operation, bundle: KextBundle, signal: AbortSignal): Promise<Installed> {
  try {
    const place = await installPlaceOf(operation, bundle, signal);
    const told = copyProgress(text => operation.progress('installing', text));
    const copy = await installBundle(operation.target.runner, bundle.folder, place, signal, told);
    return { place, copy, advice: await advise(operation, place, signal) };
  } catch (error) {
    if (!(error instanceof InstallFailed)) throw error;
    return { diagnoses: [installFailed(factsOf(operation), error.message, error.lines)] };
  }
}

/** The first time that a start of the target takes what is installed: what to do if it no longer starts. */
async function advise(
  operation: Operation,
  { path }: InstallPlace,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  const { target, advised } = operation;
  if (target.simulated || advised === undefined || (await advised.isDone())) return [];
  const system = await readSystem(target, signal);
  if (!capabilitiesOf(system).fromCollection.value) return [];
  await advised.done();
  return [recoveryAdvice(factsOf(operation), path, system)];
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
