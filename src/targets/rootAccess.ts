import { AsyncLocalStorage } from 'node:async_hooks';
import { answerLine } from '../tools/remoteScript.ts';
import type { AskPassword } from '../tools/target.ts';

/** After so many wrong answers in one operation nobody is asked again: some accounts are locked after a few. */
const mostWrong = 3;

/**
 * Who answers where sudo asks for a password. What was answered is kept in memory until the work ends for which it was asked, so
 * that one operation asks once; it is written nowhere. Work that goes on beside it has its own.
 */
export class RootAccess {
  readonly #current = new AsyncLocalStorage<RootSession>();

  /** Somebody is there who can be asked. */
  get answers(): boolean {
    return this.#current.getStore()?.answers === true;
  }

  /** Runs `work` with `ask` for its questions. Work inside it is part of it. */
  async during<T>(ask: AskPassword | undefined, work: () => Promise<T>): Promise<T> {
    if (this.#current.getStore()?.isOver === false) return work();
    const session = new RootSession(ask);
    try {
      return await this.#current.run(session, work);
    } finally {
      session.end();
    }
  }

  /** Answers the questions of one round trip: `write` sends an answer. */
  answersFor(called: string, signal: AbortSignal, write: (line: string) => void) {
    const session = this.#current.getStore();
    let asked: number | undefined;
    return {
      /** For the tool at that place. The second question about the same one says that the answer was wrong. */
      give: async (tool: string, at: number): Promise<void> => {
        const wrong = asked === at;
        asked = at;
        write(answerLine(await session?.password({ target: called, tool, wrong }, signal)));
      },
    };
  }
}

/** What is asked and answered for one piece of work. */
class RootSession {
  #ask: AskPassword | undefined;
  #password: string | undefined;
  #declined = false;
  #wrong = 0;
  isOver = false;

  constructor(ask: AskPassword | undefined) {
    this.#ask = ask;
  }

  get answers(): boolean {
    return this.#ask !== undefined;
  }

  async password(question: Parameters<AskPassword>[0], signal: AbortSignal): Promise<string | undefined> {
    if (question.wrong) this.#wasWrong();
    if (this.#declined || signal.aborted) return undefined;
    this.#password ??= await this.#answer(question, signal);
    if (this.#password === undefined || /[\n\0]/.test(this.#password)) {
      this.#password = undefined;
      this.#declined = true;
    }
    return this.#password;
  }

  /** Forgets what was answered, and asks nobody more. */
  end(): void {
    this.isOver = true;
    this.#ask = undefined;
    this.#password = undefined;
  }

  #wasWrong(): void {
    this.#password = undefined;
    this.#wrong += 1;
    if (this.#wrong >= mostWrong) this.#declined = true;
  }

  /** A terminal that is gone and a window that closes ask nobody. */
  async #answer(question: Parameters<AskPassword>[0], signal: AbortSignal): Promise<string | undefined> {
    try {
      return await this.#ask?.(question, signal);
    } catch {
      return undefined;
    }
  }
}
