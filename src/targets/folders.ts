import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** The part of the environment that says where a user's files go (XDG base directories). */
export type FolderEnvironment = Readonly<Record<string, string | undefined>>;

/** Where what can be made again is kept: the Simulated Mac's built kernel. */
export function cacheFolder(environment: FolderEnvironment): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kext-dev');
}

/**
 * Where the Simulated Mac of a project lives, the same for the editor and the terminal, by whatever path either came to
 * `projectFolder`, the folder in which the project is built. KEXT_DEV_STATE names another place.
 */
export function simulatedStateFolder(projectFolder: string, environment: FolderEnvironment): string {
  if (environment.KEXT_DEV_STATE) return environment.KEXT_DEV_STATE;
  const project = realFolder(projectFolder);
  const hash = createHash('sha256').update(project).digest('hex').slice(0, 8);
  return join(stateFolder(environment), 'simulated', `${basename(project)}-${hash}`);
}

/** A name of a file has at most 255 bytes, and what is made beside it has a longer one. */
const longestName = 100;

/** Any disk takes them as they are, and none takes two of them for one. */
const plainName = /^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_-])?$/;
const namesOfWindows = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The name of a file or folder for a text from somewhere, another one for each text: also on a disk that knows no capitals or that
 * joins accents, and never one that leads elsewhere.
 */
export function fileNameFor(text: string): string {
  if (text.length <= longestName && plainName.test(text) && !namesOfWindows.test(text)) return text;
  const readable = text.replaceAll(/[^\w.-]+/g, '_').slice(0, longestName);
  const first = /^[\w-]/.test(readable) && !namesOfWindows.test(readable) ? '' : '_';
  return `${first}${readable}~${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/**
 * Where what is remembered of a Mac lies, the same for all projects, windows and terminals of the user: a lock or a build that
 * waits is the Mac's. KEXT_DEV_STATE names another place for that of all Macs.
 */
export function macStateFolder(targetId: string, environment: FolderEnvironment): string {
  return join(environment.KEXT_DEV_STATE || stateFolder(environment), 'targets', fileNameFor(targetId));
}

function stateFolder(environment: FolderEnvironment): string {
  return join(environment.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'kext-dev');
}

/** Where the locks of a Mac are that is known by what it is; `state`: what is remembered of it under one of its names. */
export function besideOtherMacs(state: string, machine: string): string {
  return join(dirname(state), fileNameFor(`locks ${machine}`));
}

/** The path without symbolic links; that of a folder that is not there stays as it is. */
function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

/**
 * Makes a folder and those above it that are missing, and tells why files cannot be kept there: one sentence without a
 * full stop, undefined where they can. (mkdir's own recursion goes round for ever where a file system takes no folders.)
 */
export async function makeWritableFolder(folder: string): Promise<string | undefined> {
  const missing: string[] = [];
  let there = folder;
  while (!(await exists(there)) && dirname(there) !== there) {
    missing.unshift(there);
    there = dirname(there);
  }
  try {
    if (!(await stat(there)).isDirectory()) return `${there} is no folder; expected one to keep files in`;
    await access(there, constants.W_OK | constants.X_OK);
    for (const each of missing) await mkdir(each).catch(allowExisting);
    return undefined;
  } catch (error) {
    const what = missing.length === 0 ? 'cannot be written' : 'cannot be made';
    return `${folder} ${what} (${(error as NodeJS.ErrnoException).code}); expected a folder to keep files in`;
  }
}

/** Another process may have been faster. */
function allowExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}

/** The file in a target's state folder that keeps the record of one kext; `kext`: what it is remembered under. */
export function kextRecordFile(state: string, kext: string): string {
  return join(state, 'kexts', `${fileNameFor(kext)}.json`);
}

/** The folder in a target's state folder that keeps reloads of one kext. */
export function kextShelfFolder(state: string, kext: string): string {
  return join(state, 'shelf', fileNameFor(kext));
}

/** The folder in a target's state folder whose lock is held by what works on that kext of it. */
export function operationFolder(state: string, kext: string): string {
  return join(state, 'operations', fileNameFor(kext));
}
