import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Kext } from '../model/kext.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import type { PhaseName } from '../operations/phases.ts';

/** The developer's own kext as far as it is known without asking the target. */
export interface OwnKext {
  readonly folder: string;
  readonly bundleIdentifier: string;
  readonly version: string;
  /** Last component of the identifier: the short name in the status item. */
  readonly shortName: string;
  /** Runtime names of its classes, superclasses first. */
  readonly classes: readonly string[];
  /** As its source declares them. */
  readonly declarations: readonly {
    readonly name: string;
    readonly superclass: string | undefined;
    readonly declaration: SourcePosition;
  }[];
  /** LC_UUID of the product; undefined before the first build. */
  readonly builtUuid: string | undefined;
}

/** Everything that the views show at one moment. */
export interface KextView {
  readonly own: OwnKext | undefined;
  readonly target: { readonly name: string; readonly called: string; readonly simulated: boolean } | undefined;
  readonly snapshot: Snapshot | undefined;
  readonly diagnoses: readonly Diagnosis[];
  /** What runs at the moment. */
  readonly activity: { readonly title: string; readonly phase: PhaseName | undefined } | undefined;
  /** What the own kext waits for. */
  readonly waiting: 'restart' | 'finish' | undefined;
  /** The own kext's last unload was refused in this boot. */
  readonly refused: boolean;
  /** The last reload ended with the built binary running. */
  readonly proved: boolean;
}

/** The own kext as the target lists it. */
export function ownLoaded(view: KextView): Kext | undefined {
  return view.snapshot?.kexts.find(kext => kext.bundleIdentifier === view.own?.bundleIdentifier);
}

/** Diagnoses about live instances, by class. */
export function verdicts(view: KextView): ReadonlyMap<string, Diagnosis> {
  const byClass = new Map<string, Diagnosis>();
  for (const diagnosis of view.diagnoses) {
    if (diagnosis.class !== undefined && diagnosis.verdict !== undefined) byClass.set(diagnosis.class, diagnosis);
  }
  return byClass;
}

/** How many instances are leaked or held: the number on the activity bar. */
export function stuckInstances(view: KextView): { readonly leaked: number; readonly held: number } {
  let leaked = 0;
  let held = 0;
  for (const { verdict, instances } of verdicts(view).values()) {
    if (verdict === 'leaked') leaked += instances ?? 0;
    if (verdict === 'held' || verdict === 'both') held += instances ?? 0;
  }
  return { leaked, held };
}

/** The first block of a UUID, enough to tell two builds apart by eye. */
export function shortUuid(uuid: string): string {
  return uuid.slice(0, 8);
}
