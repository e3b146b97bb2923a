import { parentPort } from 'node:worker_threads';
import { type FuzzJob, fuzzer } from './fuzzJob.ts';

const fuzz = fuzzer();
parentPort?.on('message', (job: FuzzJob) => parentPort?.postMessage(fuzz(job)));
