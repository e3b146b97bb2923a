import { answerLine } from '../tools/remoteScript.ts';
import type { AskPassword } from '../tools/target.ts';

/** After so many wrong answers in one operation nobody is asked again: some accounts are locked after a few. */
const mostWrong = 3;

/**
 * Who answers where sudo asks for a password. What was answered is kept in memory until the work ends for which it was asked, so
 * that one operation asks once; it is written nowhere.
 */
export class RootAccess {
  #ask: AskPassword | undefined;
  #depth = 0;
  #password: string | undefined;
  #declined = false;
  #wrong = 0;

  /** Somebody is there who can be asked. */
  get answers(): boolean {
    return this.#ask !== undefined;
  }

  /** Runs `work` with `ask` for its questions. Work inside it is part of it. */
  async during<T>(ask: AskPassword | undefined, work: () => Promise<T>): Promise<T> {
    if (this.#depth === 0) this.#ask = ask;
    this.#depth += 1;
    try {
      return await work();
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#forget();
    }
  }

  /** Answers the questions of one round trip: `write` sends an answer. */
  answersFor(called: string, signal: AbortSignal, write: (line: string) => void) {
    let asked: number | undefined;
    return {
      /** For the tool at that place. The second question about the same one says that the answer was wrong. */
      give: async (tool: string, at: number): Promise<void> => {
        const wrong = asked === at;
        asked = at;
        if (wrong) this.#wasWrong();
        write(answerLine(await this.#passwordFor({ target: called, tool, wrong }, signal)));
      },
    };
  }

  #wasWrong(): void {
    this.#password = undefined;
    this.#wrong += 1;
    if (this.#wrong >= mostWrong) this.#declined = true;
  }

  async #passwordFor(question: Parameters<AskPassword>[0], signal: AbortSignal): Promise<string | undefined> {
    if (this.#declined || signal.aborted) return undefined;
    this.#password ??= await this.#answer(question, signal);
    if (this.#password === undefined || /[\n\0]/.test(this.#password)) {
      this.#password = undefined;
      this.#declined = true;
    }
    return this.#password;
  }

  /** A terminal that is gone and a window that closes ask nobody. */
  async #answer(question: Parameters<AskPassword>[0], signal: AbortSignal): Promise<string | undefined> {
    try {
      return await this.#ask?.(question, signal);
    } catch {
      return undefined;
    }
  }

  #forget(): void {
    this.#ask = undefined;
    this.#password = undefined;
    this.#declined = false;
    this.#wrong = 0;
  }
}
