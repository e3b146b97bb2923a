import type { Disposable } from 'vscode';

/** What is made when it is first asked for, and goes with the window. */
export class OnDemand<Made extends Disposable> implements Disposable {
  readonly #make: () => Promise<Made>;
  #making: Promise<Made> | undefined;
  #made: Made | undefined;

  constructor(make: () => Promise<Made>) {
    this.#make = make;
  }

  /** Rejects as making it does; who asks then has it tried anew. */
  get(): Promise<Made> {
    this.#making ??= this.#make().then(
      made => {
        this.#made = made;
        return made;
      },
      error => {
        this.#making = undefined;
        throw error;
      },
    );
    return this.#making;
  }

  dispose(): void {
    this.#made?.dispose();
  }
}
