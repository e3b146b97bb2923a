import type { KextBundle } from '../../bundle/kextBundle.ts';
import { isApple, type Kext } from '../../model/kext.ts';
import { unloadOrder } from '../../model/unloadOrder.ts';
import { listedKexts } from '../kernel/listedKexts.ts';
import type { Operation } from '../operation.ts';
import { withKnownIdentifier } from '../project/knownIdentifier.ts';
import type { Neighbour } from '../project/neighbour.ts';
import { product } from '../project/product.ts';

/** A loaded kext of the workspace that is linked against the one that an operation was asked for. */
export interface Dependent {
  /** The same operation on this kext: its project, its record. */
  readonly operation: Operation;
  /** Its newest product, by which the installed copy is found. */
  readonly bundle: KextBundle;
  /** As it is loaded. */
  readonly row: Kext;
}

/** What is loaded and linked against a kext, directly or through others. */
export interface Dependents {
  /** Those of the workspace, in the order in which they are unloaded: the outermost first. */
  readonly ofWorkspace: readonly Dependent[];
  /** Another vendor's, Apple's, or one that is not built is among them: then unloading the rest would be for nothing. */
  readonly isBlocked: boolean;
}

/** Nothing is linked against it. */
export const noDependents: Dependents = { ofWorkspace: [], isBlocked: false };

/** Those that go before the kext and come back after it. */
export function unloadedFirst({ ofWorkspace, isBlocked }: Dependents): readonly Dependent[] {
  return isBlocked ? [] : ofWorkspace;
}

/** Finds out what is linked against the project's kext, by the list of the target's kexts. */
export async function findDependents(
  operation: Operation,
  kexts: readonly Kext[],
  signal: AbortSignal,
): Promise<Dependents> {
  const { project, neighbours = [] } = operation;
  const kext = kexts.find(({ bundleIdentifier }) => bundleIdentifier === project.bundleIdentifier);
  const order = kext === undefined ? [] : unloadOrder(kext, kexts);
  if (order.length === 0) return noDependents;
  const known = await byIdentifier(neighbours);
  const ofWorkspace: Dependent[] = [];
  for (const row of order) {
    const { bundleIdentifier } = row;
    const neighbour = known.get(bundleIdentifier);
    if (neighbour === undefined || isApple(bundleIdentifier)) continue;
    const itsProject = { ...(await neighbour.open(signal)), bundleIdentifier };
    const { bundle } = await product(itsProject);
    if (bundle?.infoPlist.bundleIdentifier !== bundleIdentifier) continue;
    ofWorkspace.push({ operation: { ...operation, project: itsProject, records: neighbour.records }, bundle, row });
  }
  return { ofWorkspace, isBlocked: ofWorkspace.length < order.length };
}

/** Where a build fills in the identifier, it is that of the last product. */
async function byIdentifier(neighbours: readonly Neighbour[]): Promise<ReadonlyMap<string, Neighbour>> {
  const known = await Promise.all(neighbours.map(({ unread, records }) => withKnownIdentifier(unread, records)));
  return new Map(neighbours.map((neighbour, at) => [known[at]?.bundleIdentifier ?? '', neighbour]));
}

/** The same by a list that is asked for; a workspace without other kexts has none, and nothing is asked. */
export async function findLoadedDependents(operation: Operation, signal: AbortSignal): Promise<Dependents> {
  if ((operation.neighbours ?? []).length === 0) return noDependents;
  return findDependents(operation, await listedKexts(operation.target, signal), signal);
}
