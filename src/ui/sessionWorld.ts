import type { FoundKext, KextProject } from '../operations/kextProject.ts';
import type { Operation } from '../operations/operation.ts';
import type { Target } from '../tools/target.ts';
import type { BuildChoices } from './buildChoices.ts';

/** A target that can be chosen. */
export interface TargetChoice {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** Everything that an operation works with but its progress. */
export interface OpenedKext extends Omit<Operation, 'progress'> {
  /** Files of this machine that change when another window or a terminal changes the target or what is known of it. */
  readonly stateFiles: readonly string[];
}

/** What the views need of the world below them; the composition root brings it. */
export interface SessionWorld {
  readonly targets: readonly TargetChoice[];
  /** How Xcode builds. */
  readonly builds: BuildChoices;
  /** `kexts`: all that the workspace has. */
  readonly open: (project: KextProject, target: string, kexts: readonly FoundKext[]) => Promise<OpenedKext>;
  /** A target to be read, `local` or `ssh:HOST`, or why there is none. Nothing runs before it is asked for something. */
  readonly readTarget: (targetId: string) => Promise<Target | { readonly problem: string }>;
  /** The demo project as it ships. */
  readonly demoFolder: string;
  /** The pages that explain the causes of Problems, a Markdown file each. */
  readonly causesFolder: string;
}
