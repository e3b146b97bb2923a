import { readSnapshot } from '../../../src/operations/kernel/snapshot.ts';
import { findClassDeclarations } from '../../../src/source/classDeclarations.ts';
import { countsInFile } from '../../../src/ui/counts/countsInFile.ts';
import { type KextView, nothingKnown } from '../../../src/ui/session/kextView.ts';
import { answeringTarget, fullMac } from '../fullMac.ts';
import { manyClasses, manyClassesFile, ownKextOf, sourceOf } from '../manyClasses.ts';
import { type Measured, medianMs } from './measured.ts';

const { signal } = new AbortController();
const runs = 25;

/** What stands beside the classes of a large file: after an edit of it, and after a full Mac was read anew. */
export async function decorationCost(): Promise<readonly Measured[]> {
  const classes = manyClasses(500);
  const mac = fullMac({ kexts: 300, classes: 3000 }, classes);
  const own = ownKextOf(mac, classes);
  const target = answeringTarget(mac);
  const read = async (): Promise<KextView> => ({
    ...nothingKnown,
    kexts: 1,
    own,
    snapshot: await readSnapshot(target, [], signal),
  });
  const view = await read();
  const views = await Promise.all(Array.from({ length: runs + 1 }, read));
  const text = sourceOf(classes);
  const peer = {
    unit: 'ms',
    peer: 'finding the declarations in its text',
    peerValue: await medianMs(runs, async () => findClassDeclarations([{ file: manyClassesFile, text }])),
    goal: { most: 5 },
  } as const;
  const cost = (of: () => KextView) => medianMs(runs, async () => countsInFile({ file: manyClassesFile, text }, of()));
  return [
    { ...peer, name: 'counts beside 500 classes of a file, edited', value: await cost(() => view) },
    { ...peer, name: 'the same, with a Mac read anew', value: await cost(() => views.pop() ?? view) },
  ];
}
