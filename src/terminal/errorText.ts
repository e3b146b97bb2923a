import { failureOf } from '../operations/failure.ts';
import { isCancel } from '../operations/isCancel.ts';
import { exitStatus } from '../report/exitStatus.ts';
import { failureStatus } from '../report/failureStatus.ts';
import { UsageError } from './options.ts';

/**
 * What the terminal says of an error, in one piece and without a stack, and the exit status that goes with it. `signal`: by which the
 * command is cancelled.
 */
export function errorText(error: unknown, signal: AbortSignal): { readonly message: string; readonly status: number } {
  if (isCancel(error, signal)) return { message: 'Cancelled.', status: exitStatus.cancelled };
  if (error instanceof UsageError) return { message: error.message, status: exitStatus.usage };
  const failure = failureOf(error);
  return { message: failure.message, status: failureStatus(failure) };
}
