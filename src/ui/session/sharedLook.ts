/**
 * How much is looked at: the target alone, the project and, where somebody sees it, the target, or both whether or not anybody sees
 * what comes of it, in the end with somebody who answers what ssh asks on the way. Each has what those before it have.
 */
export type Look = 'target' | 'followed' | 'asked' | 'answered';

const looks: readonly Look[] = ['target', 'followed', 'asked', 'answered'];

/** Runs one look at a time. Calls that come while it runs share one more behind it, as far as the one that wants most. */
export class SharedLook {
  readonly #look: (look: Look) => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #wanted: Look = 'target';

  constructor(look: (look: Look) => Promise<void>) {
    this.#look = look;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Rejects as the look does. */
  run(wanted: Look): Promise<void> {
    if (looks.indexOf(wanted) > looks.indexOf(this.#wanted)) this.#wanted = wanted;
    if (this.#running !== undefined) {
      this.#next ??= this.#running.then(() => {
        this.#next = undefined;
        return this.run('target');
      });
      return this.#next;
    }
    const most = this.#wanted;
    this.#wanted = 'target';
    const look = this.#look(most).finally(() => {
      this.#running = undefined;
    });
    this.#running = look.catch(() => undefined);
    return look;
  }
}
