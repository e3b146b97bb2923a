import type { ClassCounts } from '../model/classCounts.ts';
import { parseIoclasscount } from '../tools/ioclasscount.ts';
import { diagnosticsProperty, registryCounts } from '../tools/ioKitDiagnostics.ts';
import { parseIoregTree } from '../tools/ioreg.ts';
import { isIoregArchive, parseIoregArchive } from '../tools/ioregArchive.ts';

/** Counts, and who gave them. */
export interface SavedCounts {
  readonly counts: ClassCounts;
  readonly by: 'ioclasscount' | 'IOKitDiagnostics';
}

/**
 * The counts in what somebody saved: ioclasscount's output, or an ioreg tree or archive whose root has IOKitDiagnostics; of a
 * tree its one line will do, as grep finds it. What is not registered or not readable is left out.
 */
export function savedCounts(text: string): SavedCounts {
  const isArchive = isIoregArchive(text);
  if (isArchive || text.includes(`"${diagnosticsProperty}" = `)) {
    const { records } = isArchive ? parseIoregArchive(text, key => key === diagnosticsProperty) : parseIoregTree(text);
    return { counts: registryCounts(records) ?? new Map(), by: diagnosticsProperty };
  }
  const counts = new Map<string, number>();
  for (const { name, instances } of parseIoclasscount(text).records)
    if (instances !== undefined) counts.set(name, instances);
  return { counts, by: 'ioclasscount' };
}
