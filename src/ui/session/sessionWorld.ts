import type { FoundKext, KextProject } from '../../operations/project/kextProject.ts';
import type { KextBesideOthers } from '../../operations/unload/foreignKext.ts';
import type { OfferedTargets } from '../../tools/port/offeredTarget.ts';
import type { Runner } from '../../tools/port/runner.ts';
import type { Target } from '../../tools/port/target.ts';
import type { BuildChoices } from './buildChoices.ts';

/** A target that somebody named by its id, or why there is none: without a full stop, to stand behind the one who named it. */
export type NamedTarget = Pick<Target, 'id' | 'name' | 'simulated'> | { readonly problem: string };

/** Everything that an operation works with but its progress. */
export interface OpenedKext extends KextBesideOthers {
  /** Files of this machine that change when another window or a terminal changes the target or what is known of it. */
  readonly stateFiles: readonly string[];
}

/** What the views need of the world below them; the composition root brings it. */
export interface SessionWorld {
  /** What a project starts with where nobody has chosen. */
  readonly firstTarget: string | undefined;
  readonly targetNamed: (targetId: string) => NamedTarget;
  /** Reads the user's ssh configuration; hosts of `moreIds` are offered besides. */
  readonly offeredTargets: (moreIds: readonly string[]) => Promise<OfferedTargets>;
  /** How Xcode builds. */
  readonly builds: BuildChoices;
  /** `kexts`: all that the workspace has. Rejects where the id is none. */
  readonly open: (project: KextProject, targetId: string, kexts: readonly FoundKext[]) => Promise<OpenedKext>;
  /** A target to be read, `local` or `ssh:HOST`, or why there is none. Nothing runs before it is asked for something. */
  readonly readTarget: (targetId: string) => Promise<Target | { readonly problem: string }>;
  /** Runs programs of this machine. */
  readonly host: Runner;
  /** Does work that nobody has asked for: what is called meanwhile is logged for who looks for details alone. */
  readonly unnoticed: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** The demo project as it ships. */
  readonly demoFolder: string;
  /** The pages that explain the causes of Problems, a Markdown file each. */
  readonly causesFolder: string;
  /** Those that explain what the tools say. */
  readonly failuresFolder: string;
}
