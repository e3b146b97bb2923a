import { AsyncLocalStorage } from 'node:async_hooks';
import type { AskPassword, PasswordQuestion } from '../tools/port/target.ts';
import { answerLine } from '../tools/ssh/remoteScript.ts';
import { asksAboutHostKey, asksForKey, sshQuestion } from '../tools/ssh/sshMessages.ts';
import type { AnswerOnTheWay } from './scriptShell.ts';

/** After so many wrong answers to a question in one operation nobody is asked it again: some accounts are locked after a few. */
const mostWrong = 3;

/**
 * Who answers where sudo asks for a password, and ssh for what lets it in. What was answered is kept in memory until the work ends for
 * which it was asked, so that one operation asks once; it is written nowhere. Work that goes on beside it has its own.
 */
export class Passwords {
  readonly #current = new AsyncLocalStorage<Session>();

  /** Somebody is there who can be asked. */
  get answers(): boolean {
    return this.#current.getStore()?.answers === true;
  }

  /** Runs `work` with `ask` for its questions. Work inside it is part of it. */
  async during<T>(ask: AskPassword | undefined, work: () => Promise<T>): Promise<T> {
    if (this.#current.getStore()?.isOver === false) return work();
    const session = new Session(ask);
    try {
      return await this.#current.run(session, work);
    } finally {
      session.end();
    }
  }

  /** Answers sudo's questions of one round trip: `write` sends an answer. */
  forSudo(called: string, signal: AbortSignal, write: (line: string) => void) {
    const session = this.#current.getStore();
    let asked: number | undefined;
    return {
      /** For the tool at that place. The second question about the same one says that the answer was wrong. */
      give: async (tool: string, at: number): Promise<void> => {
        const wrong = asked === at;
        asked = at;
        write(answerLine(await session?.password('sudo', { target: called, tool, wrong }, signal)));
      },
    };
  }

  /** Answers what one start of ssh asks on its way; undefined where nobody is there, or has given no answer before. */
  forSsh(called: string, signal: AbortSignal): AnswerOnTheWay | undefined {
    const session = this.#current.getStore();
    if (session?.answers !== true || session.hasDeclined(sshKey)) return undefined;
    // Who has asked this, one through another: the proxy is the first one, each time.
    const askers = new Map<string, readonly string[]>();
    return async ({ question, asker }) => {
      if (asksAboutHostKey(question)) return undefined;
      const before = askers.get(question) ?? [];
      const wrong = before.includes(asker);
      const all = wrong ? before : [...before, asker];
      askers.set(question, all);
      // A password is for one machine, also where two ask in the same words; a key may be wanted for both.
      const whose = asksForKey(question) ? '' : `, ${all.indexOf(asker)}`;
      const answer = await session.password(
        `ssh${whose}: ${question}`,
        { target: called, sshAsks: sshQuestion(question), wrong },
        signal,
      );
      if (answer === undefined) session.decline(sshKey);
      return answer;
    };
  }
}

/** Stands for all that ssh asks. */
const sshKey = 'ssh';

/** What is asked and answered for one piece of work. */
class Session {
  #ask: AskPassword | undefined;
  readonly #known = new Map<string, string>();
  readonly #declined = new Set<string>();
  readonly #wrong = new Map<string, number>();
  isOver = false;

  constructor(ask: AskPassword | undefined) {
    this.#ask = ask;
  }

  get answers(): boolean {
    return this.#ask !== undefined;
  }

  /** The answer to the question that is known as `key`; undefined where none is given. */
  async password(key: string, question: PasswordQuestion, signal: AbortSignal): Promise<string | undefined> {
    if (question.wrong) this.#wasWrong(key);
    if (this.#declined.has(key) || signal.aborted) return undefined;
    const answer = this.#known.get(key) ?? (await this.#answer(question, signal));
    if (answer === undefined || /[\n\0]/.test(answer)) {
      this.decline(key);
      return undefined;
    }
    if (!this.isOver) this.#known.set(key, answer);
    return answer;
  }

  hasDeclined(key: string): boolean {
    return this.#declined.has(key);
  }

  /** Nobody is asked that again. */
  decline(key: string): void {
    this.#declined.add(key);
  }

  /** Forgets what was answered, and asks nobody more. */
  end(): void {
    this.isOver = true;
    this.#ask = undefined;
    this.#known.clear();
  }

  #wasWrong(key: string): void {
    this.#known.delete(key);
    const times = (this.#wrong.get(key) ?? 0) + 1;
    this.#wrong.set(key, times);
    if (times >= mostWrong) this.#declined.add(key);
  }

  /** A terminal that is gone and a window that closes ask nobody. */
  async #answer(question: PasswordQuestion, signal: AbortSignal): Promise<string | undefined> {
    try {
      return await this.#ask?.(question, signal);
    } catch {
      return undefined;
    }
  }
}
