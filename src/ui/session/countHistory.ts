import { type Boot, bootOf, isSameBoot } from '../../model/boot.ts';
import { type KextView, ownLoaded, verdicts } from './kextView.ts';

/** How the loads of the own kext ended that this window saw. */
export interface CountHistory {
  /** The load that is looked at: its boot and load index; undefined while the kext isn't loaded. */
  readonly load: { readonly boot: Boot; readonly index: number | undefined } | undefined;
  /** Instances of each class that keep this load from going. */
  readonly stuck: ReadonlyMap<string, number>;
  /** The same at the end of each load before, the oldest first. */
  readonly earlier: readonly ReadonlyMap<string, number>[];
}

/** Nothing was seen. */
export const noHistory: CountHistory = { load: undefined, stuck: new Map(), earlier: [] };

/** How many loads before this one are remembered. */
const longest = 4;

/** The history with what the views show at the moment; a view without a snapshot says nothing. */
export function follow(history: CountHistory, view: KextView): CountHistory {
  if (view.snapshot === undefined || view.past) return history;
  const loaded = ownLoaded(view);
  const load = loaded && { boot: bootOf(view.snapshot.system), index: loaded.index };
  const stuck = view.refused ? stuckByClass(view) : new Map<string, number>();
  if (load === undefined && history.load === undefined) return history;
  if (isSameLoad(history.load, load)) return { ...history, load, stuck };
  const earlier = history.load === undefined ? history.earlier : [...history.earlier, history.stuck].slice(-longest);
  return { load, stuck, earlier };
}

function isSameLoad(before: CountHistory['load'], now: CountHistory['load']): boolean {
  if (before === undefined || now === undefined) return false;
  return before.index === now.index && isSameBoot(before.boot, now.boot) !== false;
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

function stuckByClass(view: KextView): ReadonlyMap<string, number> {
  return new Map([...verdicts(view)].map(([name, { instances = 0 }]) => [name, instances]));
}
