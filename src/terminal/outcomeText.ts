import { capital } from '../diagnosis/sentence.ts';
import type { Operation, OperationResult } from '../operations/operation.ts';

/** The last line of an operation: how it ended, in a sentence that names kext and target. */
export function outcomeText(
  { outcome, bundle, diagnoses }: OperationResult,
  operation: Pick<Operation, 'project' | 'target'>,
): string {
  const kext = operation.project.bundleIdentifier;
  const target = operation.target.called;
  const uuid = bundle?.executable?.uuid;
  switch (outcome) {
    case 'built':
      return `${kext} was built${uuid === undefined ? '' : `, UUID ${uuid}`}.`;
    case 'loaded':
      return `${kext} is loaded and proved: ${target} runs ${uuid}.`;
    case 'unloaded':
      return `${kext} is unloaded from ${target}. Nothing of it is left.`;
    case 'notFound':
      return `${kext} is not loaded on ${target}.`;
    case 'waitingForRestart':
      return `${kext} waits for a restart of ${target}; ${uuid} is ready.`;
    case 'used':
      return `The driver was used on ${target}.`;
    case 'restarted':
      return `${capital(target)} has restarted.`;
    case 'reset':
      return `${capital(target)} is fresh from the box.`;
    case 'cancelled':
      return 'Cancelled.';
    case 'failed':
      return diagnoses.length > 0 ? `Failed: ${diagnoses[0]?.message}` : 'Failed: not every step succeeded.';
    default:
      return `${kext} was not unloaded from ${target}: ${outcome}.`;
  }
}
