import type { KextProject, ProjectProblem } from '../operations/kextProject.ts';
import type { Operation } from '../operations/operation.ts';

/** A target that can be chosen. */
export interface TargetChoice {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** What the views need of the world below them; the composition root brings it. */
export interface SessionWorld {
  readonly targets: readonly TargetChoice[];
  readonly findProject: (
    folder: string,
    buildCommand: readonly string[],
    signal: AbortSignal,
  ) => Promise<KextProject | ProjectProblem>;
  /** Everything that an operation works with but its progress. */
  readonly open: (project: KextProject, workspaceFolder: string, target: string) => Omit<Operation, 'progress'>;
  /** The demo project as it ships. */
  readonly demoFolder: string;
}
