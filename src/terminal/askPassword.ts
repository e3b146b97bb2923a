import { printable } from '../report/printable.ts';
import type { AskPassword, PasswordQuestion } from '../tools/port/target.ts';

/**
 * Asks whoever sits at the terminal for what sudo or ssh wants, without showing what is typed. undefined where nobody sits
 * there. An empty answer, Ctrl-C and Ctrl-D give none.
 */
export function passwordQuestion(input: NodeJS.ReadStream, output: NodeJS.WriteStream): AskPassword | undefined {
  if (!input.isTTY || !output.isTTY) return undefined;
  return async (question, signal) => {
    output.write(printable(wordsOf(question)));
    try {
      return await typed(input, signal);
    } finally {
      output.write('\n');
    }
  };
}

function wordsOf(question: PasswordQuestion): string {
  const { target, wrong } = question;
  if ('sshAsks' in question) {
    const again = wrong ? 'That did not let you in. ' : '';
    return `${again}To reach ${target} ssh asks: ${question.sshAsks} (nothing is kept): `;
  }
  const again = wrong ? 'That was not the password. ' : '';
  return `${again}Your password on ${target}, to run ${question.tool} as root (nothing is kept): `;
}

const endsLine: ReadonlySet<string> = new Set(['\r', '\n', '\u0004']);
const erases: ReadonlySet<string> = new Set(['\u0008', '\u007f']);
const gaveUp = '\u0003';

/** Sets the mode; false where the terminal is gone. */
function setRaw(input: NodeJS.ReadStream, raw: boolean): boolean {
  try {
    input.setRawMode(raw);
    return true;
  } catch {
    return false;
  }
}

/** What is typed up to the end of the line, unseen; none where it would be seen, and where the terminal goes. */
function typed(input: NodeJS.ReadStream, signal: AbortSignal): Promise<string | undefined> {
  return new Promise(resolve => {
    const characters: string[] = [];
    const end = (answer: string | undefined) => {
      input.off('data', read);
      for (const gone of ['end', 'close', 'error']) input.off(gone, giveUp);
      signal.removeEventListener('abort', giveUp);
      setRaw(input, false);
      input.pause();
      resolve(answer === '' ? undefined : answer);
    };
    const giveUp = () => end(undefined);
    const read = (piece: Buffer) => {
      for (const character of piece.toString()) {
        if (character === gaveUp) {
          giveUp();
          // Whoever presses it means the program.
          process.kill(process.pid, 'SIGINT');
          return;
        }
        if (endsLine.has(character)) return end(characters.join(''));
        if (erases.has(character)) characters.pop();
        else characters.push(character);
      }
    };
    if (input.destroyed || !setRaw(input, true)) return resolve(undefined);
    signal.addEventListener('abort', giveUp, { once: true });
    for (const gone of ['end', 'close', 'error']) input.on(gone, giveUp);
    input.on('data', read);
    input.resume();
  });
}
