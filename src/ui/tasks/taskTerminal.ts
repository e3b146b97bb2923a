import * as vscode from 'vscode';

/** What a task's work sees of its terminal. */
export interface TaskOutput {
  write(text: string): void;
  /** Aborted by Control-C, and by whoever ends the task or its terminal. */
  readonly signal: AbortSignal;
  /** Nobody sees any more what is written. */
  readonly isClosed: boolean;
}

/** VS Code takes a failure in a terminal's first 500 ms for one of the terminal itself, and says so; this is in ms. */
const shortestFailureMs = 600;
const interrupt = '\x03';

/** A task's terminal: what the work writes; the exit status is the one that the work gives. */
export class TaskTerminal implements vscode.Pseudoterminal, TaskOutput {
  readonly #written = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.#written.event;
  readonly #closed = new vscode.EventEmitter<number>();
  readonly onDidClose = this.#closed.event;
  readonly #work: (output: TaskOutput) => Promise<number>;
  readonly #stop = new AbortController();
  #isClosed = false;

  constructor(work: (output: TaskOutput) => Promise<number>) {
    this.#work = work;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  write(text: string): void {
    this.#written.fire(text.replaceAll('\n', '\r\n'));
  }

  open(): void {
    const begun = performance.now();
    void this.#work(this).then(status => {
      const early = status === 0 ? 0 : Math.max(0, shortestFailureMs - (performance.now() - begun));
      setTimeout(() => this.#closed.fire(status), early);
    });
  }

  handleInput(data: string): void {
    if (data === interrupt) this.#stop.abort();
  }

  close(): void {
    this.#isClosed = true;
    this.#stop.abort();
  }
}
