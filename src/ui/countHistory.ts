import { knownSuperclasses } from '../diagnosis/instances.ts';
import { type Boot, bootOf, isSameBoot } from '../model/boot.ts';
import { ownInstances } from '../model/classCounts.ts';
import { type KextView, ownLoaded, verdicts } from './kextView.ts';

/** How the counts of the own kext's classes went since this window saw it first. */
export interface CountHistory {
  /** The load that is looked at; undefined while the kext isn't loaded. */
  readonly load: Load | undefined;
  /** Own instances of each class when this load was seen first. */
  readonly atLoad: ReadonlyMap<string, number>;
  /** Instances of each class that keep this load from going. */
  readonly stuck: ReadonlyMap<string, number>;
  /** The same at the end of each load before, the oldest first. */
  readonly earlier: readonly ReadonlyMap<string, number>[];
}

/** One load of a kext. */
interface Load {
  readonly boot: Boot;
  /** undefined where the kernel did not say. */
  readonly index: number | undefined;
}

/** Nothing was seen. */
export const noHistory: CountHistory = { load: undefined, atLoad: new Map(), stuck: new Map(), earlier: [] };

/** How many loads before this one are remembered. */
const longest = 4;

/** The history with what the views show at the moment; a view without a snapshot says nothing. */
export function follow(history: CountHistory, view: KextView): CountHistory {
  if (view.snapshot === undefined || view.past) return history;
  const loaded = ownLoaded(view);
  const load = loaded === undefined ? undefined : { boot: bootOf(view.snapshot.system), index: loaded.index };
  const stuck = view.refused ? stuckByClass(view) : new Map<string, number>();
  if (load === undefined && history.load === undefined) return history;
  if (isSameLoad(history.load, load)) return { ...history, stuck };
  const earlier = history.load === undefined ? history.earlier : [...history.earlier, history.stuck].slice(-longest);
  return { load, atLoad: load === undefined ? new Map() : liveByClass(view), stuck, earlier };
}

/** Of a system that never says which boot it is, the index alone tells. */
function isSameLoad(one: Load | undefined, other: Load | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.index === other.index && isSameBoot(one.boot, other.boot) !== false;
}

/** The histories of the kexts of a window, each on each of its targets. */
export type CountHistories = ReadonlyMap<string, CountHistory>;

/** That of the kext and target that the views show. */
export function historyOf(histories: CountHistories, view: KextView): CountHistory {
  return histories.get(keyOf(view)) ?? noHistory;
}

/** The histories with what the views show at the moment. */
export function followAll(histories: CountHistories, view: KextView): CountHistories {
  const before = historyOf(histories, view);
  const after = view.own === undefined ? before : follow(before, view);
  return after === before ? histories : new Map(histories).set(keyOf(view), after);
}

function keyOf({ own, snapshot }: KextView): string {
  return JSON.stringify([own?.key, snapshot?.target]);
}

/** How many more own instances there are than when the load was first seen. */
export function sinceLoad({ load, atLoad }: CountHistory, className: string, own: number): number | undefined {
  const before = atLoad.get(className);
  return load === undefined || before === undefined ? undefined : own - before;
}

function stuckByClass(view: KextView): ReadonlyMap<string, number> {
  return new Map([...verdicts(view)].map(([name, { instances = 0 }]) => [name, instances]));
}

function liveByClass(view: KextView): ReadonlyMap<string, number> {
  const { snapshot, own } = view;
  if (snapshot === undefined || own === undefined) return new Map();
  const superclasses = knownSuperclasses(own.declarations, snapshot.registry);
  return new Map(
    own.classes.flatMap(name => {
      const live = ownInstances(name, snapshot.classCounts, superclasses);
      return live === undefined ? [] : [[name, live] as const];
    }),
  );
}
