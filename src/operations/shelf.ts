import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { LoadProof } from '../diagnosis/loadProof.ts';
import type { GitState } from '../tools/git.ts';
import type { Outcome } from './operation.ts';
import type { PhaseRecord } from './phases.ts';

/** What is said of a reload that is kept; a JSON file beside its bundle. */
export interface ReloadFacts {
  readonly schema: 1;
  /** When it ended: ISO 8601, UTC. */
  readonly time: string;
  readonly bundleIdentifier: string;
  readonly version: string | null;
  /** LC_UUID of the first architecture that has one; null where none has. */
  readonly uuid: string | null;
  /** Of all of them. */
  readonly uuids: readonly string[];
  readonly outcome: Outcome;
  readonly target: { readonly id: string; readonly name: string };
  /** Absent where the project lies in no git repository with a commit. */
  readonly commit?: GitState;
  /** Live instances of the kext's classes at the end, as ioclasscount has them; none where that was not read. */
  readonly counts: Readonly<Record<string, number>>;
  readonly phases: readonly PhaseRecord[];
  readonly diagnoses: readonly Diagnosis[];
  readonly proof?: LoadProof;
  /** It was loaded from the shelf, not built. */
  readonly fromShelf?: true;
}

/** A reload as it lies on the shelf. */
export interface ShelvedReload extends ReloadFacts {
  /** With the bundle, its dSYM, and what was said. */
  readonly folder: string;
  readonly bundle: string;
  readonly dSYM?: string;
  /** What the tools said: a text file. */
  readonly log: string;
  /** Of bundle and dSYM. */
  readonly bytes: number;
}

/** A reload that is to be kept. */
export interface ReloadToKeep {
  readonly facts: ReloadFacts;
  /** The folders from which it is copied. */
  readonly bundle: string;
  readonly dSYM?: string | undefined;
  readonly log: string;
}

/** The reloads of one kext on one target that are kept, with their bundles. */
export interface Shelf {
  /** Newest first. */
  reloads(): Promise<readonly ShelvedReload[]>;
  /** The newest one of a build, by the UUID of any of its architectures. */
  shelved(uuid: string): Promise<ShelvedReload | undefined>;
  /** Keeps one, and lets the oldest go where there are too many; never those of the builds in `stay`. */
  keep(reload: ReloadToKeep, stay: ReadonlySet<string>): Promise<void>;
}
