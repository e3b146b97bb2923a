/** Ends a process when the time of what it does is over. */
export class Stop {
  timedOut = false;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #ms = 0;
  #rests = true;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** From this moment on, in ms; an earlier limit holds no longer. */
  after(ms: number): void {
    this.#ms = ms;
    this.#rests = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.timedOut = true;
      this.now();
    }, ms);
  }

  now(): void {
    this.#controller.abort();
  }

  /** Time does not count while `work` goes on; then it begins anew. */
  async paused(work: () => Promise<void>): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await work();
    } finally {
      if (!this.#rests) this.after(this.#ms);
    }
  }

  /** No limit holds. */
  rest(): void {
    this.#rests = true;
    clearTimeout(this.#timer);
  }
}
