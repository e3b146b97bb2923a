import type { Disposable } from 'vscode';

/** What is made when it is first asked for, and goes with the window. */
export class OnDemand<Made extends Disposable> implements Disposable {
  readonly #make: () => Promise<Made>;
  #making: Promise<Made> | undefined;

  constructor(make: () => Promise<Made>) {
    this.#make = make;
  }

  /** Rejects as making it does; who asks then has it tried anew. */
  get(): Promise<Made> {
    this.#making ??= this.#make().catch(error => {
      this.#making = undefined;
      throw error;
    });
    return this.#making;
  }

  dispose(): void {
    // What is being made goes as soon as it is there.
    this.#making?.then(
      made => made.dispose(),
      () => undefined,
    );
  }
}
