import { withStop } from '../diagnosis/sentence.ts';

/** The error, whose message also says what became of things because of it: it stays what it is to whoever catches it. */
export function alsoSaying(error: unknown, text: string): unknown {
  if (error instanceof Error) error.message = `${withStop(error.message)} ${text}`;
  return error;
}
