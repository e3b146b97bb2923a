import type { InstalledKext } from './installedKext.ts';
import type { KernelExports } from './kernelExports.ts';
import { uncheckedSymbols } from './linkKext.ts';

/** What the Simulated Mac says of symbols that it has no list for, and a Mac would look for; nothing where it has all. */
export function notCheckedLines(kext: InstalledKext, kernel: KernelExports): readonly string[] {
  const unchecked = uncheckedSymbols(kext, kernel);
  if (unchecked === undefined) return [];
  const [symbols, them] = unchecked.count === 1 ? ['1 symbol', 'it'] : [`${unchecked.count} symbols`, 'them'];
  return [
    `Simulated Mac: ${symbols} of ${kext.path} not checked: ${unchecked.mayExport.join(', ')} may export ${them}.`,
  ];
}
