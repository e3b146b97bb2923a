/** How an operation that is asked for stands to the others. */
export interface Wish {
  /** As a person reads it: `Reload com.foo.bar`. */
  readonly title: string;
  /**
   * What is done, and to which kext on which target. Asked for again it is done once, and it makes way for itself as long as it has not
   * reached the target. Absent where each time counts.
   */
  readonly deed?: string | undefined;
}

/** An operation whose turn it is. */
export interface Turn {
  readonly signal: AbortSignal;
  cancel(): void;
  /** It has reached the target: from now on another one waits for it. */
  reached(): void;
}

/** An operation that waits for another one. */
export interface Waiting {
  /** The title of the one that runs. */
  readonly behind: string;
  /** Resolves when it waits no longer: its turn has come, or it was cancelled. */
  readonly ended: Promise<unknown>;
  cancel(): void;
}

interface Entry {
  readonly wish: Wish;
  readonly abort: AbortController;
  readonly begin: (itsTurn: boolean) => void;
  early: boolean;
}

/**
 * One operation at a time, in the order in which they were asked for. One with a deed that has not reached the target
 * is cancelled by another with the same, and of those that wait one behind the other only one is kept.
 */
export class Turns {
  readonly #waiting: Entry[] = [];
  #current: Entry | undefined;

  /** What `work` gave; undefined where another one does the same, or where it was cancelled while it waited. */
  async run<R>(
    wish: Wish,
    showWaiting: (waiting: Waiting) => void,
    work: (turn: Turn) => Promise<R>,
  ): Promise<R | undefined> {
    if (wish.deed !== undefined) {
      if (this.#waiting.at(-1)?.wish.deed === wish.deed) return undefined;
      if (this.#waiting.length === 0) this.#replaceCurrent(wish.deed);
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const entry: Entry = { wish, abort: new AbortController(), begin: resolve, early: true };
    if (this.#current === undefined) this.#current = entry;
    else {
      this.#waiting.push(entry);
      showWaiting({ behind: this.#current.wish.title, ended: promise, cancel: () => this.#leave(entry) });
      if (!(await promise)) return undefined;
    }
    return this.#take(entry, work);
  }

  async #take<R>(entry: Entry, work: (turn: Turn) => Promise<R>): Promise<R> {
    const reached = () => {
      entry.early = false;
    };
    try {
      return await work({ signal: entry.abort.signal, cancel: () => entry.abort.abort(), reached });
    } finally {
      this.#current = this.#waiting.shift();
      this.#current?.begin(true);
    }
  }

  #replaceCurrent(deed: string): void {
    if (this.#current?.wish.deed === deed && this.#current.early) this.#current.abort.abort();
  }

  #leave(entry: Entry): void {
    const at = this.#waiting.indexOf(entry);
    if (at < 0) return;
    this.#waiting.splice(at, 1);
    entry.begin(false);
  }
}
