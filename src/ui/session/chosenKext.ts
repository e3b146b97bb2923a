import { dirname, sep } from 'node:path';
import { kextKey } from '../../operations/project/kextKey.ts';

/** What a kext is known by: its key, and where its sources lie. */
export type Choosable = Parameters<typeof kextKey>[0] & {
  readonly xcode?: { readonly sources: { readonly files: readonly string[] } } | undefined;
};

/** What says which of several kexts is meant; kexts by their keys. */
export interface KextChoice {
  readonly activeFile: string | undefined;
  /** What Select Kext was told while another file, or the same, was active. */
  readonly selected: { readonly kext: string; readonly activeFile: string | undefined } | undefined;
  /** What the views show. */
  readonly shown: string | undefined;
  /** What was selected last in this workspace. */
  readonly remembered: string | undefined;
}

/**
 * Which of the window's kexts is meant: the only one; the one that was just selected, until the editor goes on to a file
 * of another; the one that owns the active file; the shown one; the one that was selected last. Undefined where only the
 * user can tell.
 */
export function chosenKext<K extends Choosable>(
  kexts: readonly K[],
  { activeFile, selected, shown, remembered }: KextChoice,
): K | undefined {
  const [only, ...others] = kexts;
  if (others.length === 0) return only;
  const named = (file: string | undefined) => kexts.find(kext => kextKey(kext) === file);
  const justSelected = selected?.activeFile === activeFile ? named(selected?.kext) : undefined;
  return justSelected ?? ownerOf(activeFile, kexts) ?? named(shown) ?? named(remembered);
}

/**
 * The kext that the file is compiled for, else the one whose Info.plist lies in the nearest folder above it; undefined where
 * that is true of several.
 */
function ownerOf<K extends Choosable>(file: string | undefined, kexts: readonly K[]): K | undefined {
  if (file === undefined) return undefined;
  const [compiled, ...more] = kexts.filter(({ xcode }) => xcode?.sources.files.includes(file));
  if (compiled !== undefined) return more.length === 0 ? compiled : undefined;
  const folderOf = ({ infoPlist }: K) => dirname(infoPlist.file);
  const owners = kexts.filter(kext => file.startsWith(`${folderOf(kext)}${sep}`));
  const nearest = Math.max(...owners.map(kext => folderOf(kext).length));
  const [owner, second] = owners.filter(kext => folderOf(kext).length === nearest);
  return second === undefined ? owner : undefined;
}
