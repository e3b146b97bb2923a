import { RootRefused } from '../tools/port/toolErrors.ts';

/**
 * Whether what ended work is the cancel by `signal` and nothing else. What goes wrong behind a cancel, as in a tool that is waited for
 * all the same, is told as what it is.
 */
export function isCancel(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && isAbort(error);
}

/** An abort, or that nobody gave the password for a tool, which did not run: whoever cancels where it is asked for gives none. */
export function isAbort(error: unknown): boolean {
  if (error instanceof RootRefused) return error.problem === 'passwordNotGiven';
  return error instanceof Error && error.name === 'AbortError';
}
