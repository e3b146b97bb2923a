import { failureOf } from '../operations/failure.ts';
import { exitStatus } from '../report/exitStatus.ts';
import { failureStatus } from '../report/failureStatus.ts';
import { UsageError } from './options.ts';

/** What the terminal says of an error, in one piece and without a stack, and the exit status that goes with it. */
export function errorText(error: unknown, cancelled: boolean): { readonly message: string; readonly status: number } {
  if (cancelled) return { message: 'Cancelled.', status: exitStatus.cancelled };
  if (error instanceof UsageError) return { message: error.message, status: exitStatus.usage };
  const failure = failureOf(error);
  return { message: failure.message, status: failureStatus(failure) };
}
