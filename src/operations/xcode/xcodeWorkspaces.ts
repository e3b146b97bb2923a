import { join, relative, sep } from 'node:path';
import type { ProjectProblem } from '../project/kextProject.ts';
import type { ProjectProbe } from '../project/projectProbe.ts';

/** The Xcode workspaces of a folder. */
export interface XcodeWorkspaces {
  /** The projects that they name and that lie in the folder, each with the `*.xcworkspace` that name it. */
  readonly naming: ReadonlyMap<string, readonly string[]>;
  /** Those that cannot be read. */
  readonly problems: readonly ProjectProblem[];
}

/** Reads which projects the workspaces name; what lies outside `root` is another folder's. */
export async function readWorkspaces(
  workspaces: readonly string[],
  root: string,
  probe: ProjectProbe,
): Promise<XcodeWorkspaces> {
  const naming = new Map<string, readonly string[]>();
  const problems: ProjectProblem[] = [];
  for (const workspace of workspaces) {
    const file = join(workspace, 'contents.xcworkspacedata');
    const text = await probe.text(file);
    if (text === undefined) continue;
    // Only where there is one: it brings an XML parser along.
    const { workspaceProjects } = await import('../../bundle/xcodeWorkspace.ts');
    const projects = workspaceProjects(text, file);
    if ('problem' in projects) {
      problems.push({ problem: `${relative(root, file)} ${projects.problem}`, position: projects.position });
      continue;
    }
    for (const project of projects)
      if (project.startsWith(`${root}${sep}`)) naming.set(project, [...(naming.get(project) ?? []), workspace]);
  }
  return { naming, problems };
}
