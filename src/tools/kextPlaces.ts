/** The folders of a Mac in which copies of a kext lie, and what may be removed from them. */
import { removeBundle } from './removeBundle.ts';
import type { ToolCommand } from './toolCommand.ts';

/** Where a copy lies: decides what can be done about it. */
export type KextPlace =
  /** /Library/Extensions: loaded from there at boot and on request. */
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

/** Emptied by macOS at a restart; builds go there where the system loads from any folder. */
const temporaryFolder = '/private/tmp/kext-dev';

const systemFolder = '/System/Library/Extensions';
const stagedFolder = '/Library/StagedExtensions';

/** Folders that are searched for copies; other volumes are not among them. */
export const searchedFolders: readonly string[] = [libraryExtensions, systemFolder, stagedFolder, temporaryFolder];

/** In which an install leaves copies under hidden names. */
export const installFolders: readonly string[] = [libraryExtensions, temporaryFolder];

const leftoverName = /^\.(.+\.kext)\.kext-dev-(?:new(?:-[0-9a-f]{8})?|old)$/s;

/** The name of the kext that an install was cut for; undefined for what is no such leftover. */
export function leftoverOf(path: string): string | undefined {
  return leftoverName.exec(nameOf(path))?.[1];
}

/** Where a bundle lies, by its absolute path. */
export function placeOf(path: string): KextPlace {
  if (path.startsWith(`${systemFolder}/`)) return 'system';
  if (path.startsWith(`${stagedFolder}/`)) return 'staged';
  const parent = removableParent(path);
  if (parent === undefined) return 'inside';
  if (leftoverOf(path) !== undefined) return 'leftover';
  if (parent === libraryExtensions) return 'installed';
  return parent === temporaryFolder ? 'temporary' : 'volume';
}

/**
 * The folder out of which that path may be removed; undefined for one that nothing is removed from, for a path with `..`, and for what
 * is neither a kext nor a leftover directly inside it.
 */
export function removableParent(path: string): string | undefined {
  const name = nameOf(path);
  const parent = path.slice(0, -name.length - 1);
  if (
    path.includes('\0') ||
    path.split('/').some((part, at) => at > 0 && (part === '' || part === '.' || part === '..'))
  )
    return undefined;
  const isAllowed = installFolders.includes(parent) || /^\/Volumes\/[^/]+\/Library\/Extensions$/s.test(parent);
  const isKext = /^[^./][^/]*\.kext$/s.test(name) || leftoverName.test(name);
  return isAllowed && isKext ? parent : undefined;
}

/**
 * Removes a copy of a kext and all below it.
 * @throws RangeError for what lies where nothing is removed.
 */
export function removeCopy(path: string): ToolCommand<undefined> {
  const parent = removableParent(path);
  if (parent === undefined)
    throw new RangeError(`${path} is not removed: it lies in no folder that kexts are installed in`);
  return removeBundle(path, parent);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
