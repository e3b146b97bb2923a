import type { ClassCounts } from '../model/classCounts.ts';
import { parseIoclasscount } from '../tools/ioclasscount.ts';
import { diagnosticsCounts, diagnosticsProperty, registryCounts } from '../tools/ioKitDiagnostics.ts';
import { parseIoregTree, readPropertyLine } from '../tools/ioreg.ts';
import { isIoregArchive, parseIoregArchive } from '../tools/ioregArchive.ts';

const none: ClassCounts = new Map();

/**
 * The counts in what somebody saved: ioclasscount's output, or an ioreg tree or archive whose root has IOKitDiagnostics; of a
 * tree its one line will do, as grep finds it. What is not registered or not readable is left out.
 */
export function savedCounts(text: string): ClassCounts {
  if (isIoregArchive(text)) {
    const { records } = parseIoregArchive(text, key => key === diagnosticsProperty);
    return registryCounts(records) ?? none;
  }
  if (text.includes(`"${diagnosticsProperty}" = `)) return countsOfTree(text);
  const counts = new Map<string, number>();
  for (const { name, instances } of parseIoclasscount(text).records)
    if (instances !== undefined) counts.set(name, instances);
  return counts;
}

function countsOfTree(text: string): ClassCounts {
  const { records, notices } = parseIoregTree(text);
  const counts = registryCounts(records);
  if (counts !== undefined) return counts;
  // Without the line of their object, properties are notices.
  for (const line of notices) {
    const property = readPropertyLine(line);
    if (property?.key === diagnosticsProperty) return diagnosticsCounts(property.value) ?? none;
  }
  return none;
}
