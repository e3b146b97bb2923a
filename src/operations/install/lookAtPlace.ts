import { posix } from 'node:path';
import { entryNumbers, type FileEntry, fileEntry } from '../../tools/fileTools.ts';
import { temporaryFolder } from '../../tools/kextPlaces.ts';
import { propertyListText } from '../../tools/plutil.ts';
import { askTogether, type Runner, type Told } from '../../tools/port/runner.ts';
import { ToolNotStarted } from '../../tools/port/toolErrors.ts';
import { unless } from '../kernel/unless.ts';
import { identityIn } from './identityIn.ts';
import { InstallFailed } from './installError.ts';
import type { InstallPlace } from './installPlace.ts';

/** What lies at a place and beside it. */
export interface There {
  readonly folder: FileEntry | undefined;
  /** The paths of what a cut install has left, and nobody needs. */
  readonly leftovers: readonly string[];
  /** The numbers of these entries, as entryNumbers has them, where they are. */
  readonly installed: string | undefined;
  readonly kept: string | undefined;
}

/**
 * Looks at a place in one round trip, and changes nothing. Rejects with InstallFailed where a build is not to be installed as things
 * stand: another kext lies there, or whose that is cannot be told, or the folder is not root's alone.
 */
export async function lookAtPlace(runner: Runner, place: InstallPlace, signal: AbortSignal): Promise<There> {
  const { folder, path, unfinished, kept, discarded } = place;
  const entries = [fileEntry(folder), entryNumbers([path, kept, unfinished, discarded])] as const;
  const asked = [...entries, infoPlistOf(path), infoPlistOf(kept)] as const;
  const [folderThere, numbers, pathInfo, keptInfo] = await askTogether(runner, asked, signal);
  const [installedThere, keptThere, ...others] = numbers();
  const there = {
    folder: folderThere(),
    installed: installedThere,
    kept: keptThere,
    leftovers: [unfinished, discarded].filter((_, at) => others[at] !== undefined),
  };
  if (there.folder !== undefined) requireRoots(folder, there.folder);
  const keptIs = there.kept !== undefined ? await identifierIn(keptInfo, kept) : undefined;
  if (there.kept !== undefined) requireOwn(place, kept, keptIs);
  if (there.installed === undefined) return there;
  const pathIs = await identifierIn(pathInfo, path);
  requireOwn(place, path, pathIs);
  // Beside a copy of its own that is kept, it is what was left of one that was being removed.
  if (pathIs === undefined && keptIs === undefined) throw whoseIsIt(path);
  return there;
}

/** @throws InstallFailed for what is no folder that root alone may write to. */
export function requireRoots(folder: string, entry: FileEntry | undefined): void {
  const problem = notRoots(entry);
  if (problem === undefined) return;
  throw new InstallFailed(`${folder} ${problem}; expected a folder of root's that nobody else may write to.`, {
    remedy: remedyFor(folder),
  });
}

function infoPlistOf(bundle: string) {
  return propertyListText(posix.join(bundle, 'Contents', 'Info.plist'));
}

/** undefined where it cannot be read. */
async function identifierIn(told: Told<string | undefined>, path: string): Promise<string | undefined> {
  const text = unless(ToolNotStarted, told);
  return text === undefined ? undefined : (await identityIn(text, path))?.bundleIdentifier;
}

function requireOwn({ bundleIdentifier }: InstallPlace, path: string, carried: string | undefined): void {
  if (carried === undefined || carried === bundleIdentifier) return;
  throw new InstallFailed(`Another kext lies at ${path}: ${carried}. Nothing was changed.`, {
    remedy: `Give the product of ${bundleIdentifier} another name. Where ${carried} is not needed there any more, unload it and remove ${path}.`,
  });
}

function whoseIsIt(path: string): InstallFailed {
  return new InstallFailed(
    `What lies at ${path} has no Info.plist that can be read: whose it is cannot be told. Nothing was changed.`,
    { remedy: `Look at ${path} there; where it is not needed any more, remove it and install again.` },
  );
}

/** What keeps a folder from being root's alone; undefined where it is. */
export function notRoots(folder: FileEntry | undefined): string | undefined {
  if (folder?.kind !== 'folder') return 'is no folder';
  if (folder.uid !== 0) return `belongs to user ${folder.uid}`;
  return folder.othersWrite ? 'can be written to by others' : undefined;
}

/** A folder that somebody named, or that is the system's, is nothing to remove. */
function remedyFor(folder: string): string {
  if (folder === temporaryFolder) return `Remove ${folder} there and install again: the install makes it anew.`;
  if (folder === '/Library/Extensions')
    return `Give it back to root, and install again: sudo chown 0:0 ${folder}, then sudo chmod 755 ${folder}.`;
  return 'Name another folder in kext.install.path, in a terminal by --install-path, or none.';
}
