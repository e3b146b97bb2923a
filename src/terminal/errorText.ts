import { type Failure, failureOf } from '../operations/failure.ts';
import { exitStatus } from './exitStatus.ts';
import { UsageError } from './options.ts';

const statuses: Readonly<Record<Failure['kind'], number>> = {
  missingTool: exitStatus.usage,
  badInput: exitStatus.usage,
  targetLost: exitStatus.unreachable,
  unknownText: exitStatus.refused,
  other: exitStatus.refused,
};

/** What the terminal says of an error, in one piece and without a stack, and the exit status that goes with it. */
export function errorText(error: unknown, cancelled: boolean): { readonly message: string; readonly status: number } {
  if (cancelled) return { message: 'Cancelled.', status: exitStatus.cancelled };
  if (error instanceof UsageError) return { message: error.message, status: exitStatus.usage };
  const { kind, message } = failureOf(error);
  return { message, status: statuses[kind] };
}
