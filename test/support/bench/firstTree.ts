import { Worker } from 'node:worker_threads';
import type { FirstTree } from './firstTreeWorker.ts';
import { type Measured, median } from './measured.ts';

/** From what the tools of a full Mac said to the rows of the tree: the first time in an engine that is as cold as a window's. */
export async function firstTree(): Promise<Measured> {
  const times: FirstTree[] = [];
  for (let run = 0; run < 5; run++) times.push(await inFreshEngine());
  return {
    name: 'the first tree of 300 kexts and 3,000 classes',
    value: median(times.map(({ treeMs }) => treeMs)),
    unit: 'ms',
    peer: 'JSON.parse of the same snapshot',
    peerValue: median(times.map(({ jsonMs }) => jsonMs)),
    goal: { most: 300 },
  };
}

function inFreshEngine(): Promise<FirstTree> {
  return new Promise((resolve, reject) => {
    new Worker(new URL('./firstTreeWorker.ts', import.meta.url)).once('message', resolve).once('error', reject);
  });
}
