import type { ProjectProblem } from '../operations/project/kextProject.ts';

/** Why a folder is no kext project, in a line, or with a line for each kext; led by the place of the mistake where there is one, as compilers do. */
export function projectProblemText({ problem, position }: ProjectProblem): string {
  return position === undefined ? problem : `${position.file}:${position.line}:${position.column}: ${problem}`;
}
