import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { LoadProof } from '../../diagnosis/loadProof.ts';
import type { Kext } from '../../model/kext.ts';
import { onceFor } from '../../model/onceFor.ts';
import { loadedKext, type Snapshot } from '../../model/snapshot.ts';
import type { SourcePosition } from '../../model/sourcePosition.ts';
import type { Outcome } from '../../operations/operation.ts';
import type { ToldPhase } from '../../operations/phases.ts';
import type { KextProject } from '../../operations/project/kextProject.ts';
import type { KnownStanding } from '../../operations/record/readStanding.ts';
import type { Standing } from '../../operations/record/standing.ts';
import type { Target } from '../../tools/port/target.ts';

/** The developer's own kext as far as it is known without asking the target. */
export interface OwnKext {
  /** What tells it from the other kexts of the window. */
  readonly key: string;
  readonly folder: string;
  /** Folders below it with the sources of other kexts. */
  readonly otherKexts: readonly string[];
  /** What is compiled for it, and with which macros, where a project file says it. */
  readonly sources?: KextProject['sources'];
  readonly defines?: KextProject['defines'];
  readonly infoPlistFile: string;
  /** The Xcode target that makes it. */
  readonly xcode?: KextProject['xcode'];
  readonly bundleIdentifier: string;
  /** `?` where a build that nobody knows fills it in. */
  readonly version: string;
  /** Last component of the identifier, or what stands for it until a build fills it in: the short name in the status item. */
  readonly shortName: string;
  /** Runtime names of its classes, superclasses first. */
  readonly classes: readonly string[];
  /** As its source declares them. */
  readonly declarations: readonly {
    readonly name: string;
    /** As it is written in the source, before macros. */
    readonly sourceName: string;
    readonly superclass: string | undefined;
    readonly declaration: SourcePosition;
  }[];
  /** LC_UUID of the product; undefined before the first build, and for another kext of the window that isn't loaded. */
  readonly builtUuid: string | undefined;
  /** Of all its architectures, where it has more than one: any of them may be what is loaded. */
  readonly builtUuids?: readonly string[];
}

/** An operation that runs. */
export interface Activity {
  readonly title: string;
  /** The short name of the kext that was asked for, and on which target; the views may show another. */
  readonly on: { readonly name: string; readonly at: string };
  readonly phase: ToldPhase | undefined;
  /** The kext that is worked on, where that is not the one that was asked for. */
  readonly kext?: string | undefined;
}

/** How a kext stands on the target, as far as it is shown. */
interface ShownStanding extends Standing, Partial<Pick<KnownStanding, 'atLoad'>> {}

/** A kext of the window that is not the one that is shown, on the same target. */
export interface OtherKext extends ShownStanding {
  readonly own: OwnKext;
}

/** Everything that the views show at one moment; how a kext stands is that of the own one. */
export interface KextView extends ShownStanding {
  /** How many kexts the window has: one of them is shown. */
  readonly kexts: number;
  readonly own: OwnKext | undefined;
  /** The others of the window, where the target was read. */
  readonly others: readonly OtherKext[];
  /** The workspace is; where it is not, nothing but its files is read. */
  readonly trusted: boolean;
  readonly target: Pick<Target, 'name' | 'called' | 'simulated'> | undefined;
  /** The one that would be the target, while a mistake in the project keeps it from being opened. */
  readonly wanted?: Pick<Target, 'name' | 'simulated'> | undefined;
  readonly snapshot: Snapshot | undefined;
  /** The snapshot says what the target held when it was seen last: it is being read, or does not answer. */
  readonly past: boolean;
  /** The target is being read, and nothing is known of it so far. */
  readonly reading: boolean;
  /** What the last operation of this window came to, also in a sentence, and when. */
  readonly last?: { readonly said: string; readonly at: Date; readonly outcome?: Outcome | undefined } | undefined;
  /** What the list proved of this window's last load; it holds for the row that it names. */
  readonly proof?: LoadProof | undefined;
  /** What runs at the moment. */
  readonly activity: Activity | undefined;
  /** The file with the panic report of a target that went down under the own kext. */
  readonly panicReport?: string | undefined;
}

/** What is shown of a target. */
export function shownTarget({ name, called, simulated }: NonNullable<KextView['target']>): KextView['target'] {
  return { name, called, simulated };
}

/** What is shown while nothing is known. */
export const nothingKnown: KextView = {
  kexts: 0,
  own: undefined,
  others: [],
  trusted: true,
  target: undefined,
  snapshot: undefined,
  past: false,
  reading: false,
  diagnoses: [],
  activity: undefined,
  waiting: undefined,
  refused: false,
};

/** The last component of a bundle identifier that is not blank; the whole where all are. */
export function shortNameOf(bundleIdentifier: string): string {
  return bundleIdentifier.split('.').findLast(part => part.trim() !== '') ?? bundleIdentifier;
}

/** What would be shown if one of the others were the own kext. */
export function viewOf(view: KextView, other: OtherKext): KextView {
  return { ...view, atLoad: undefined, ...other, last: undefined, proof: undefined, panicReport: undefined };
}

/** The window's kexts, each as if it were the own one; that which is shown first. */
export function eachKext(view: KextView): readonly KextView[] {
  return [view, ...view.others.map(other => viewOf(view, other))];
}

/** A class of a kext of the window, with what is shown of that kext. */
export interface OwnClass {
  readonly known: OwnKext['declarations'][number];
  readonly view: KextView;
}

/** The classes of the window's kexts that a file declares: a header that several of them read is that of each. */
export function declaredIn(file: string, view: KextView): readonly OwnClass[] {
  return eachKext(view).flatMap(each =>
    (each.own?.declarations ?? [])
      .filter(({ declaration }) => declaration.file === file)
      .map(known => ({ known, view: each })),
  );
}

/** The own kext as the target lists it. */
export function ownLoaded(view: KextView): Kext | undefined {
  const { snapshot, own } = view;
  return snapshot && own && loadedKext(snapshot, own.bundleIdentifier);
}

/** Which build is loaded, by its UUID: the product, another, or one that cannot be told. */
export function loadedBuild({ builtUuid, builtUuids = [] }: OwnKext, { uuid }: Kext): 'built' | 'another' | 'unknown' {
  if (uuid === undefined || builtUuid === undefined) return 'unknown';
  return uuid === builtUuid || builtUuids.includes(uuid) ? 'built' : 'another';
}

/** The list has no UUID of what is loaded, and all else that it has fits the build that this window has loaded there. */
export function likelyBuilt({ proof }: KextView, { index, uuid }: Kext): boolean {
  return proof?.kind === 'likely' && proof.loadIndex === (index ?? null) && proof.uuid === (uuid ?? null);
}

/** The kext is data on this target: its code does not run there, so its counts say nothing. */
export function notRunHere({ diagnoses }: KextView): boolean {
  return diagnoses.some(({ cause }) => cause === 'notRunHere');
}

/** How many more own instances of a class there are than when the kext was loaded; undefined where that is not known. */
export function sinceLoad({ atLoad }: KextView, className: string, own: number): number | undefined {
  const before = atLoad?.get(className);
  return before === undefined ? undefined : own - before;
}

/** Diagnoses about live instances, by class. */
export function verdicts({ diagnoses }: Pick<KextView, 'diagnoses'>): ReadonlyMap<string, Diagnosis> {
  return verdictsAmong(diagnoses);
}

const verdictsAmong = onceFor((diagnoses: readonly Diagnosis[]): ReadonlyMap<string, Diagnosis> => {
  const byClass = new Map<string, Diagnosis>();
  for (const diagnosis of diagnoses) {
    if (diagnosis.class !== undefined && diagnosis.verdict !== undefined) byClass.set(diagnosis.class, diagnosis);
  }
  return byClass;
});

/** Leaked for all that is known: its owner is held, so it may be kept by what is held. */
export function perhapsKept({ verdict, certainty }: Diagnosis): boolean {
  return verdict === 'leaked' && certainty === 'possible';
}

/** How many instances keep the kext from unloading. Those that may be kept by a held one count as neither. */
export function stuckInstances(view: Pick<KextView, 'diagnoses'>): {
  readonly leaked: number;
  readonly held: number;
  readonly perhaps: number;
} {
  const stuck = { leaked: 0, held: 0, perhaps: 0 };
  for (const diagnosis of verdicts(view).values()) {
    const { verdict, instances = 0 } = diagnosis;
    if (perhapsKept(diagnosis)) stuck.perhaps += instances;
    else if (verdict === 'leaked') stuck.leaked += instances;
    else if (verdict === 'held' || verdict === 'both') stuck.held += instances;
  }
  return stuck;
}

/** The end of a UUID, by which the eye tells two builds apart: lld makes the beginning from what rarely changes. */
export function shortUuid(uuid: string): string {
  return uuid.slice(-4);
}
