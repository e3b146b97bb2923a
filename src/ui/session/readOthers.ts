import { isApple } from '../../model/kext.ts';
import { loadedKext, type Snapshot } from '../../model/snapshot.ts';
import type { KextProject } from '../../operations/project/kextProject.ts';
import { withKnownIdentifier } from '../../operations/project/knownIdentifier.ts';
import type { Neighbour } from '../../operations/project/neighbour.ts';
import { readStanding } from '../../operations/record/readStanding.ts';
import { describeBuilt, describeOwn } from './describeOwn.ts';
import type { OtherKext, OwnKext } from './kextView.ts';
import { onItsLine } from './ownKext.ts';
import type { OpenedKext } from './sessionWorld.ts';

/** The other kexts of the window as they stand on the target, verdicts on the lines of their classes; one whose files cannot be read by now is left out. */
export async function readOthers(
  operation: OpenedKext,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<readonly OtherKext[]> {
  const { neighbours = [] } = operation;
  const read = await Promise.all(
    neighbours
      .filter(({ bundleIdentifier }) => !isApple(bundleIdentifier))
      .map(each => readOther(operation, each, snapshot, signal).catch(() => undefined)),
  );
  signal.throwIfAborted();
  return read.filter(each => each !== undefined);
}

async function readOther(
  operation: OpenedKext,
  neighbour: Neighbour,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<OtherKext> {
  const { records, unread } = neighbour;
  const { bundleIdentifier } = await withKnownIdentifier(unread, records);
  const isLoaded = loadedKext(snapshot, bundleIdentifier) !== undefined;
  const { project, own } = isLoaded ? await described(neighbour, signal) : outlined({ ...unread, bundleIdentifier });
  const about = { ...operation, project, records };
  const { refused, waiting, diagnoses, atLoad } = await readStanding(about, snapshot, signal);
  return { own, refused, waiting, atLoad, diagnoses: diagnoses.map(each => onItsLine(each, own.declarations)) };
}

interface Described {
  readonly project: KextProject;
  readonly own: OwnKext;
}

/** A target that is read anew alone has the neighbours that it had: their sources are not read once more. */
const known = new WeakMap<Neighbour, Described>();

async function described(neighbour: Neighbour, signal: AbortSignal): Promise<Described> {
  const before = known.get(neighbour);
  if (before !== undefined) return before;
  const project = await withKnownIdentifier(await neighbour.open(signal), neighbour.records);
  const now = { project, own: await describeOwn(project) };
  known.set(neighbour, now);
  return now;
}

/** Classes are counted, and builds compared, of what is loaded alone: all other sources and products are left unread. */
function outlined(project: KextProject): Described {
  return { project, own: describeBuilt(project, undefined) };
}
