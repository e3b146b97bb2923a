import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';

/** The part of the environment that says where a user's files go (XDG base directories). */
export type FolderEnvironment = Readonly<Record<string, string | undefined>>;

/** Where what can be made again is kept: the Simulated Mac's built kernel. */
export function cacheFolder(environment: FolderEnvironment): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kext-dev');
}

/**
 * Where the Simulated Mac of a project lives, the same for the editor and the terminal. KEXT_DEV_STATE names another
 * place.
 */
export function simulatedStateFolder(project: string, environment: FolderEnvironment): string {
  const named = environment.KEXT_DEV_STATE;
  if (named !== undefined && named !== '') return named;
  const hash = createHash('sha256').update(project).digest('hex').slice(0, 8);
  const home = environment.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(home, 'kext-dev', 'simulated', `${basename(project)}-${hash}`);
}

/** The file in a target's state folder that keeps the record of one kext. */
export function kextRecordFile(state: string, bundleIdentifier: string): string {
  return join(state, 'kexts', `${encodeURIComponent(bundleIdentifier)}.json`);
}
