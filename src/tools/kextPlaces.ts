/** The folders of a Mac in which copies of a kext lie, and what may be removed from them. */
import { leftoverName } from './removeBundle.ts';

/** Where a copy lies: decides what can be done about it. */
export type KextPlace =
  /** /Library/Extensions, loaded from there at boot and on request; a folder that was named for builds. */
  | 'installed'
  /** A folder that a restart empties. */
  | 'temporary'
  /** Begun by an install that was cut, or what was there before it. */
  | 'leftover'
  /** /Library/Extensions of another volume. */
  | 'volume'
  /** /System/Library/Extensions: the system's, sealed since macOS 11. */
  | 'system'
  /** /Library/StagedExtensions: what a load has copied; the system alone writes there. */
  | 'staged'
  /** In another bundle, or somewhere below a folder of kexts. */
  | 'inside';

const libraryExtensions = '/Library/Extensions';

/**
 * Emptied by macOS at a restart, so that a driver that panics is gone then; builds go there where the system loads from any folder. Nobody but
 * Kext Dev makes it.
 */
export const temporaryFolder = '/private/tmp/kext-dev';

const systemFolder = '/System/Library/Extensions';
const stagedFolder = '/Library/StagedExtensions';

/** Folders that are searched for copies; other volumes are not among them. */
export const searchedFolders: readonly string[] = [libraryExtensions, systemFolder, stagedFolder, temporaryFolder];

/** In which an install leaves copies under hidden names. */
export const installFolders: readonly string[] = [libraryExtensions, temporaryFolder];

/** The name of the kext that an install was cut for; undefined for what is no such leftover. */
export function leftoverOf(path: string): string | undefined {
  return leftoverName.exec(nameOf(path))?.[1];
}

/** The bundle beside that leftover which took its place, or is to. */
export function replacementOf(path: string): string | undefined {
  const name = leftoverOf(path);
  return name === undefined ? undefined : path.slice(0, -nameOf(path).length) + name;
}

/** Whether a leftover is the copy of before, which is kept until the one in its place is proved. */
export function isKeptCopy(path: string): boolean {
  return leftoverOf(path) !== undefined && path.endsWith('-old');
}

/** Where a bundle lies, by its absolute path; `installFolder`: where builds are installed. */
export function placeOf(path: string, installFolder?: string): KextPlace {
  if (isBelow(path, systemFolder)) return 'system';
  if (isBelow(path, stagedFolder)) return 'staged';
  const parent = removableParent(path, installFolder);
  if (parent === undefined) return 'inside';
  if (leftoverOf(path) !== undefined) return 'leftover';
  if (parent === libraryExtensions || (parent === installFolder && parent !== temporaryFolder)) return 'installed';
  return parent === temporaryFolder ? 'temporary' : 'volume';
}

/**
 * The folder out of which that path may be removed: one into which kexts are installed, `installFolder` among them. undefined for one that
 * nothing is removed from, for a path with `..`, and for what is neither a kext nor a leftover directly inside it.
 */
export function removableParent(path: string, installFolder?: string): string | undefined {
  const name = nameOf(path);
  const parent = path.slice(0, -name.length - 1);
  if (
    path.includes('\0') ||
    isBelow(path, systemFolder) ||
    isBelow(path, stagedFolder) ||
    path.split('/').some((part, at) => at > 0 && (part === '' || part === '.' || part === '..'))
  )
    return undefined;
  const isAllowed =
    installFolders.includes(parent) ||
    parent === installFolder ||
    /^\/Volumes\/[^/]+\/Library\/Extensions$/s.test(parent);
  const isKext = /^[^./][^/]*\.kext$/s.test(name) || leftoverName.test(name);
  return isAllowed && isKext ? parent : undefined;
}

/** @throws RangeError for what lies where nothing is removed. */
export function requireRemovable(path: string, installFolder?: string): void {
  if (removableParent(path, installFolder) === undefined)
    throw new RangeError(`${path} is not removed: it lies in no folder that kexts are installed in`);
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
