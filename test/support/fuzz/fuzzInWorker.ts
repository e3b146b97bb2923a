import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FuzzJob } from './fuzzJob.ts';
import type { Fuzzing } from './fuzzParser.ts';

// A parser that keeps what it need not keep comes to its end here.
const megabytes = 400;
const patienceMs = 120_000;

/** A thread that does one job after the other, with little memory and a limit of time. */
export class FuzzThread {
  #worker: Worker | undefined;

  /** What came of the job; the fault in words where the thread died or did not answer in time. */
  async run(job: FuzzJob): Promise<Fuzzing | string> {
    this.#worker ??= new Worker(new URL('./fuzzWorker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    });
    const worker = this.#worker;
    const answered = once(worker, 'message', { signal: AbortSignal.timeout(patienceMs) });
    worker.postMessage(job);
    try {
      const [fuzzing] = (await answered) as [Fuzzing];
      return fuzzing;
    } catch (error) {
      await this.end();
      const late = error instanceof Error && error.name === 'AbortError';
      return `${job.tool}, seed ${job.seed}: ${late ? `no end in ${patienceMs / 1000} s` : String(error)}`;
    }
  }

  async end(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }
}
