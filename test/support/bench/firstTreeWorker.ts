import { parentPort } from 'node:worker_threads';
import { readSnapshot } from '../../../src/operations/kernel/snapshot.ts';
import { integrityProtection } from '../../../src/tools/csrutil.ts';
import { ioclasscount } from '../../../src/tools/ioclasscount.ts';
import { ioregArchive, ioregObjects } from '../../../src/tools/ioregArchive.ts';
import { kextstat } from '../../../src/tools/kextstat.ts';
import { swVers } from '../../../src/tools/swVers.ts';
import { kernelValues } from '../../../src/tools/sysctl.ts';
import { type KextView, nothingKnown } from '../../../src/ui/session/kextView.ts';
import { treeRows } from '../../../src/ui/tree/treeRows.ts';
import { answeringTarget, fullMac } from '../fullMac.ts';
import { manyClasses, ownKextOf } from '../manyClasses.ts';
import { elapsedMs } from './measured.ts';

/** What one engine took, each the first time. */
export interface FirstTree {
  readonly treeMs: number;
  readonly jsonMs: number;
}

const { signal } = new AbortController();
const classes = manyClasses(10);
const mac = fullMac({ kexts: 300, classes: 2990 }, classes);
const own = ownKextOf(mac, classes);
const target = answeringTarget(mac);
const asked = [
  swVers(),
  kernelValues(),
  integrityProtection(),
  kextstat(),
  ioclasscount(),
  ioregArchive(),
  ...own.classes.map(ioregObjects),
];
for (const command of asked) await target.runner.run(command, signal);

let view: KextView = { ...nothingKnown, kexts: 1, own, target };
const treeMs = await elapsedMs(async () => {
  view = { ...view, snapshot: await readSnapshot(target, own.classes, signal) };
  treeRows(view);
});
const json = JSON.stringify(view.snapshot, (_key, value) => {
  if (value instanceof Map) return Object.fromEntries(value);
  return typeof value === 'bigint' ? value.toString() : value;
});
const jsonMs = await elapsedMs(async () => JSON.parse(json));
parentPort?.postMessage({ treeMs, jsonMs } satisfies FirstTree);
