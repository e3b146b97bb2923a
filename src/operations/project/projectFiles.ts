import { dirname, join, sep } from 'node:path';
import { madeOfTemplate } from '../../bundle/placeholders.ts';
import type { FolderEntry, ProjectProbe } from './projectProbe.ts';

/** Files of a folder that may make a kext, the nearest first. */
export interface ProjectFiles {
  /** Files by the name of an Info.plist, or of a template of one; what a build makes beside its template is none. */
  readonly infoPlists: readonly string[];
  /** `*.xcodeproj`. */
  readonly xcodeProjects: readonly string[];
  /** `*.xcworkspace`, but for the one that each project has inside. */
  readonly xcodeWorkspaces: readonly string[];
  /** Folders with a Makefile. */
  readonly makeFolders: ReadonlySet<string>;
}

/** How deep below the folder is looked. */
const deepest = 2;
/** Products, what builds leave behind, what others wrote. */
const skipped =
  /^(?:\..*|_?build|cmake-build-.*|node_modules|DerivedData|xcuserdata)$|\.(?:kext|dSYM|app|framework|bundle|xcodeproj|xcworkspace)$/i;
const infoPlistName = /(?:^|[-_.])Info(?:[-_.].*)?\.plist(?:\.(?:in|tmpl|template))?$/i;

/** Lists them. Nothing in a kext bundle or a build folder counts, nor a folder that is in a kext bundle itself. */
export async function projectFiles(root: string, probe: ProjectProbe): Promise<ProjectFiles> {
  const found = {
    infoPlists: [] as string[],
    xcodeProjects: [] as string[],
    xcodeWorkspaces: [] as string[],
    makeFolders: new Set<string>(),
  };
  const isProduct = root.split(sep).some(name => /\.kext$/i.test(name));
  let level = isProduct ? [] : [root];
  for (let depth = 0; depth <= deepest; depth += 1) {
    const below: string[] = [];
    for (const folder of level) {
      const entries = await probe.entries(folder);
      const files = entries.filter(entry => entry.isFile()).map(({ name }) => name);
      const folders = entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
      const pathsOf = (names: readonly string[]) => names.map(name => join(folder, name));
      found.infoPlists.push(...pathsOf(infoPlistsAmong(files)));
      found.xcodeProjects.push(...pathsOf(folders.filter(name => name.endsWith('.xcodeproj'))));
      found.xcodeWorkspaces.push(...pathsOf(folders.filter(name => name.endsWith('.xcworkspace'))));
      if (entries.some(isMakefile)) found.makeFolders.add(folder);
      below.push(...pathsOf(folders.filter(name => !skipped.test(name))));
    }
    level = below;
  }
  return found;
}

function infoPlistsAmong(files: readonly string[]): readonly string[] {
  const named = files.filter(name => infoPlistName.test(name));
  const made = new Set(named.map(madeOfTemplate));
  return named.filter(name => !made.has(name));
}

/** Whether make would read it by itself. */
export function isMakefile(entry: FolderEntry): boolean {
  return entry.isFile() && /^(?:GNUmakefile|[Mm]akefile)$/.test(entry.name);
}

/** The nearest folder with a Makefile from `start` up to `root`. */
export function makeFolderAbove(
  start: string,
  root: string,
  { makeFolders }: Pick<ProjectFiles, 'makeFolders'>,
): string | undefined {
  for (let folder = start; folder === root || folder.startsWith(`${root}${sep}`); folder = dirname(folder)) {
    if (makeFolders.has(folder)) return folder;
    if (folder === root) break;
  }
  return undefined;
}
