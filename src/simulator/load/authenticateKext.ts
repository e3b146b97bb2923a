import { readlink } from 'node:fs/promises';
import { posix } from 'node:path';
import type { DiskEntry, SimulatedDisk } from '../simulatedDisk.ts';
import type { KextDiagnostics } from './kextDiagnostics.ts';

/** What the kext library says of files that others than root may write to. */
export const wrongOwner = 'File owner/permissions are incorrect (must be root:wheel, nonwritable by group/other)';
/** What it says of a link that leads out of the bundle. */
export const strayLink =
  'The kext contains a symlink which is either not readable or points outside of its bundle; please remove';

/** Every file and folder of a bundle has to be root's and wheel's, and nobody else's to write to; PlugIns are judged alone. */
export async function authenticateKext(disk: SimulatedDisk, path: string, found: KextDiagnostics): Promise<void> {
  for (const entry of await bundleEntries(disk, path)) {
    const name = posix.basename(entry.path);
    if (entry.uid !== 0 || entry.gid !== 0 || (entry.kind !== 'link' && (entry.mode & 0o022) !== 0))
      found.add('Authentication Failures', wrongOwner, name);
    if (entry.kind === 'link' && !(await staysInside(disk, entry, path)))
      found.add('Authentication Failures', strayLink, name);
  }
}

/** The files and folders of a bundle but for its PlugIns. */
export async function bundleEntries(disk: SimulatedDisk, path: string): Promise<readonly DiskEntry[]> {
  const plugIns = posix.join(path, 'Contents', 'PlugIns');
  const entries = await disk.entries(path);
  return entries.filter(entry => entry.path !== plugIns && !entry.path.startsWith(`${plugIns}/`));
}

/** Whether a link leads to something in the same bundle. */
export async function staysInside(disk: SimulatedDisk, link: DiskEntry, bundle: string): Promise<boolean> {
  const target = posix.resolve(posix.dirname(link.path), await readlink(disk.place(link.path)));
  return target.startsWith(`${bundle}/`) && (await disk.entries(target)).length > 0;
}
