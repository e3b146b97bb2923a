/** Runs one look at a time. Calls that come while it runs share one more behind it. */
export class SharedLook {
  readonly #look: (asked: boolean) => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #isAsked = false;

  /** `asked`: one of those who share the look wants it whether or not anybody sees what comes of it. */
  constructor(look: (asked: boolean) => Promise<void>) {
    this.#look = look;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Rejects as the look does. */
  run(asked: boolean): Promise<void> {
    this.#isAsked ||= asked;
    if (this.#running !== undefined) {
      this.#next ??= this.#running.then(() => {
        this.#next = undefined;
        return this.run(false);
      });
      return this.#next;
    }
    const isAsked = this.#isAsked;
    this.#isAsked = false;
    const look = this.#look(isAsked).finally(() => {
      this.#running = undefined;
    });
    this.#running = look.catch(() => undefined);
    return look;
  }
}
