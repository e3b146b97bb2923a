import { dirname, sep } from 'node:path';

/** What says which of several kexts is meant; files are Info.plists but for the active one. */
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
export function chosenKext<K extends { readonly infoPlist: { readonly file: string } }>(
  kexts: readonly K[],
  { activeFile, selected, shown, remembered }: KextChoice,
): K | undefined {
  const [only, ...others] = kexts;
  if (others.length === 0) return only;
  const named = (file: string | undefined) => kexts.find(({ infoPlist }) => infoPlist.file === file);
  const justSelected = selected?.activeFile === activeFile ? named(selected?.kext) : undefined;
  return justSelected ?? ownerOf(activeFile, kexts) ?? named(shown) ?? named(remembered);
}

/** The kext whose Info.plist lies in the nearest folder above the file; undefined where several lie there. */
function ownerOf<K extends { readonly infoPlist: { readonly file: string } }>(
  file: string | undefined,
  kexts: readonly K[],
): K | undefined {
  if (file === undefined) return undefined;
  const folderOf = ({ infoPlist }: K) => dirname(infoPlist.file);
  const owners = kexts.filter(kext => file.startsWith(`${folderOf(kext)}${sep}`));
  const nearest = Math.max(...owners.map(kext => folderOf(kext).length));
  const [owner, second] = owners.filter(kext => folderOf(kext).length === nearest);
  return second === undefined ? owner : undefined;
}
