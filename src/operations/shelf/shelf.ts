import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { LoadProof } from '../../diagnosis/loadProof.ts';
import type { GitState } from '../../tools/git.ts';
import type { Outcome } from '../operation.ts';
import type { PhaseRecord } from '../phases.ts';

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

/** A build that is to be kept: the folders from which it is copied, and by what it is known. */
export interface BuildToKeep {
  readonly bundle: string;
  readonly dSYM?: string | undefined;
  readonly uuid: string | null;
}

/** A build whose copy has begun: nothing of it is on the shelf before `keep`. */
export interface BegunReload {
  /**
   * Keeps it, and lets the oldest go where there are too many; never those of the builds in `stay`. `log`: what the tools said. Rejects
   * where it could not be copied or written; then nothing of it stays.
   */
  keep(facts: ReloadFacts, log: string, stay: ReadonlySet<string>): Promise<void>;
  /** It is not to be kept. */
  drop(): Promise<void>;
}

/** The reloads of one kext on one target that are kept, with their bundles. */
export interface Shelf {
  /** Newest first. */
  reloads(): Promise<readonly ShelvedReload[]>;
  /** The newest one of a build, by the UUID of any of its architectures. */
  shelved(uuid: string): Promise<ShelvedReload | undefined>;
  /** Begins to copy a build, while other things go on. */
  begin(build: BuildToKeep): BegunReload;
}
