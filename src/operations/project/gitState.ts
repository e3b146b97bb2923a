import { access, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type GitState, type GitStatus, gitStatus } from '../../tools/git.ts';
import type { Operation } from '../operation.ts';

/** What git said of a project, and where the tree is that it spoke of. */
interface ProjectStatus {
  readonly top: string;
  readonly status: GitStatus;
}

/** Asks git of the project's tree; undefined where it is in none, there is no git, or it does not answer. Starts nothing where it is in none. */
export async function projectStatus(
  { project, host }: Pick<Operation, 'project' | 'host'>,
  signal: AbortSignal,
): Promise<ProjectStatus | undefined> {
  try {
    const folder = await realpath(project.folder);
    const top = await treeAbove(folder);
    if (top === undefined) return undefined;
    const command = gitStatus(folder);
    const status = command.parse(await host.run(command, signal));
    return status === undefined ? undefined : { top, status };
  } catch {
    // What a build is called by is no reason not to load it.
    return undefined;
  }
}

/** The state that a build was made from: what the build itself has left in the tree does not make it another one. */
export async function gitStateOf(
  { top, status }: ProjectStatus,
  bundleFolder: string,
  infoPlistFile: string,
): Promise<GitState> {
  const inTree = async (path: string) => relative(top, await realpath(path).catch(() => path)).replaceAll(sep, '/');
  const [bundle, source] = [await inTree(bundleFolder), await inTree(infoPlistFile)];
  const holds = (untracked: string, path: string) =>
    untracked.endsWith('/') ? path.startsWith(untracked) : path === untracked;
  const others = status.untracked.filter(
    path => !(holds(path, `${bundle}/`) || holds(`${bundle}/`, path)) || holds(path, source),
  );
  return { hash: status.hash, dirty: status.changed > 0 || others.length > 0 };
}

async function treeAbove(folder: string): Promise<string | undefined> {
  const isTop = await access(join(folder, '.git')).then(
    () => true,
    () => false,
  );
  if (isTop) return folder;
  return dirname(folder) === folder ? undefined : treeAbove(dirname(folder));
}
