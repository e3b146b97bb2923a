import { createInterface } from 'node:readline/promises';
import { printable } from '../report/printable.ts';

/** Asks whoever sits at the terminal; anything but a yes is a no. undefined where nobody sits there. */
export function confirmation(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
): ((shown: string, question: string, signal: AbortSignal) => Promise<boolean>) | undefined {
  if (!input.isTTY || !output.isTTY) return undefined;
  return async (shown, question, signal) => {
    output.write(`${printable(shown)}\n`);
    const asked = createInterface({ input, output });
    // The line editor takes Ctrl-C for itself; whoever presses it means the program.
    asked.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    const closed = new Promise<string>(resolve => asked.once('close', () => resolve('')));
    try {
      const answer = await Promise.race([asked.question(`${printable(question)} [y/N] `, { signal }), closed]);
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      asked.close();
    }
  };
}
