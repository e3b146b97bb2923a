import type { ProjectProblem } from '../operations/kextProject.ts';

/** Why a folder is no kext project, in one line; led by the place of the mistake where there is one, as compilers do. */
export function projectProblemText({ problem, position }: ProjectProblem): string {
  return position === undefined ? problem : `${position.file}:${position.line}:${position.column}: ${problem}`;
}
