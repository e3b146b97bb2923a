import { relative } from 'node:path';
import type { KextProject } from '../operations/project/kextProject.ts';
import { xcodeText } from './xcodeText.ts';

/**
 * Says which kext is taken where the named folder does not make that plain: the kext's Info.plist lies below it, or goes by
 * a longer name, so others may be there; and how Xcode builds it. Undefined where the folder's own Info.plist is the one.
 */
export function takenProjectText(
  folder: string,
  { bundleIdentifier, infoPlist, xcode }: Pick<KextProject, 'bundleIdentifier' | 'infoPlist' | 'xcode'>,
): string | undefined {
  if (xcode !== undefined) return `Takes ${bundleIdentifier}, ${xcodeText(xcode, folder)}.`;
  const file = relative(folder, infoPlist.file);
  if (file === 'Info.plist') return undefined;
  return `Takes ${bundleIdentifier}, the kext of ${file}.`;
}
