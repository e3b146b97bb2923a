import { withStop } from '../diagnosis/sentence.ts';
import { isAbort } from './isCancel.ts';

/**
 * The error, whose message also says what became of things because of it: it stays what it is to whoever catches it, but for what a
 * cancel alone would be told as, since there is more to tell.
 */
export function alsoSaying(error: unknown, text: string): unknown {
  if (!(error instanceof Error)) return error;
  const { message } = error;
  const said = error.name === 'AbortError' ? 'Cancelled.' : withStop(message);
  if (isAbort(error)) return new Error(`${said} ${text}`, { cause: error });
  error.message = `${said} ${text}`;
  return error;
}
