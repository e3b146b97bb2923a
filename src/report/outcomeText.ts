import type { LoadProof } from '../diagnosis/loadProof.ts';
import { asSubject } from '../diagnosis/sentence.ts';
import { capabilitiesOf } from '../model/capabilities.ts';
import { loadedKext } from '../model/snapshot.ts';
import type { Exercise } from '../operations/exercise.ts';
import type { Operation, OperationResult, Outcome } from '../operations/operation.ts';
import { dependentsText } from './dependentsText.ts';
import { useFailedText } from './usedText.ts';

/** What an operation came to; with a process's steps where one used the driver. */
export type ToldResult = OperationResult & Partial<Pick<Exercise, 'process' | 'steps' | 'pid'>>;

/** Why a kext stayed loaded, behind a colon. */
const stayed: Partial<Record<Outcome, string>> = {
  dependents: 'another kext needs it',
  stopFailed: 'its stop routine failed',
  notPrivileged: 'that needs root',
  stillLoaded: 'the unload was accepted, and it is still listed',
  unknown: 'the tool gave no reason that is known',
};

/** The last line of an operation: how it ended, in a sentence that names kext and target, and what became of its dependents. */
export function outcomeText(result: ToldResult, operation: Pick<Operation, 'project' | 'target'>): string {
  return [ownOutcomeText(result, operation), ...dependentsText(result)].join(' ');
}

function uninstalledText(
  kext: string,
  target: string,
  { diagnoses, snapshot }: Pick<ToldResult, 'diagnoses'> & { readonly snapshot: ToldResult['snapshot'] | undefined },
): string {
  const nothing = diagnoses.some(({ cause }) => cause === 'notLoaded');
  const removed = nothing ? `Nothing of ${kext} was installed on ${target}.` : `${kext} is removed from ${target}.`;
  if (snapshot === undefined || loadedKext(snapshot, kext) === undefined) return removed;
  return `${removed} What is loaded of it stays until ${target} restarts.`;
}

function ownOutcomeText(
  { outcome, bundle, diagnoses, proof, snapshot, dependents = [], process = '', steps = [], pid }: ToldResult,
  operation: Pick<Operation, 'project' | 'target'>,
): string {
  const kext = operation.project.bundleIdentifier;
  const target = operation.target.called;
  const uuid = bundle?.executable?.uuid;
  switch (outcome) {
    case 'built':
      return `${kext} was built${uuid === undefined ? '' : `, UUID ${uuid}`}.`;
    case 'installed':
      return `${kext} is installed on ${target}: ${uuid}.`;
    case 'uninstalled':
      return uninstalledText(kext, target, { diagnoses, snapshot });
    case 'loaded':
      return loadedText(kext, target, proof, proof?.uuid ?? uuid);
    case 'unloaded':
      if (snapshot !== undefined && capabilitiesOf(snapshot.system).fromCollection.value)
        return `${kext} is unloaded from ${target}. It stays in the kext collection, which the next start loads.`;
      return `${kext} is unloaded from ${target}. Nothing of it is left.`;
    case 'notFound':
      return `${kext} is not loaded on ${target}.`;
    case 'waitingForApproval':
      return `${kext} is installed on ${target} and waits for its approval; ${uuid} is ready.`;
    case 'approved':
      return `${kext} is approved on ${target}; it waits for a restart.`;
    case 'waitingForRestart':
      return `${kext} waits for a restart of ${target}; ${uuid} is ready.`;
    case 'used':
      if (pid === undefined) return `The driver was used on ${target}.`;
      return `The driver is in use on ${target}: ${process} (pid ${pid}) has it open.`;
    case 'restarted':
      return `${asSubject(target)} has restarted.`;
    case 'quit':
      return 'The process has quit.';
    case 'plugged':
      return `The device is in ${target}.`;
    case 'unplugged':
      return `The device is out of ${target}.`;
    case 'panicked':
      return `${asSubject(target)} has panicked, as it was told to, and restarted.`;
    case 'reset':
      return `${asSubject(target)} is fresh from the box.`;
    case 'cancelled':
      return 'Cancelled.';
    case 'failed': {
      const cause = diagnoses.find(({ severity }) => severity === 'error') ?? diagnoses[0];
      if (cause !== undefined) return `Failed: ${cause.message}`;
      return useFailedText(process, steps, kext) ?? 'Failed: not every step succeeded.';
    }
    case 'dependents': {
      const last = dependents.at(-1);
      if (last === undefined) return `${kext} was not unloaded from ${target}: ${stayed.dependents}.`;
      return `${kext} was not unloaded from ${target}: ${last.bundleIdentifier}, which is linked against it, was not unloaded.`;
    }
    default:
      return `${kext} was not unloaded from ${target}: ${stayed[outcome] ?? outcome}.`;
  }
}

/** What the list of loaded kexts proves; a load that nothing was asked about is proved by its UUID. */
function loadedText(kext: string, target: string, proof: LoadProof | undefined, uuid: string | undefined): string {
  switch (proof?.kind) {
    case 'sameCode':
      return `${kext} is loaded and proved: ${target} runs ${uuid}, the same code, loaded anew.`;
    case 'likely':
      return `${kext} is loaded, and the build likely runs: ${target} lists its version as load ${proof.loadIndex ?? 'unknown'}${
        proof.uuid === null ? ', and no UUID' : ''
      }.`;
    case 'sameRow':
      return `${kext} was not loaded anew: ${target} runs ${uuid ?? 'it'} on, as before.`;
    default:
      return `${kext} is loaded and proved: ${target} runs ${uuid}.`;
  }
}
