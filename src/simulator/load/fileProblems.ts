import type { SimulatedDisk } from '../simulatedDisk.ts';
import { bundleEntries, staysInside, strayLink, wrongOwner } from './authenticateKext.ts';

/** What kernelmanagerd(8) has against the files of a bundle, with their paths; none where they are as they have to be. */
export async function fileProblems(disk: SimulatedDisk, path: string): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const entry of await bundleEntries(disk, path)) {
    const { uid, gid, mode, kind } = entry;
    if (uid !== 0 || gid !== 0)
      problems.push(`Filesystem error: Invalid ownership (${uid}:${gid}) should be (0:0) on ${entry.path}`);
    else if (kind !== 'link' && (mode & 0o022) !== 0) problems.push(`${wrongOwner}: ${entry.path}`);
    if (kind === 'link' && !(await staysInside(disk, entry, path))) problems.push(`${strayLink}: ${entry.path}`);
  }
  return problems;
}
