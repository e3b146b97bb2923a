import { readFile } from 'node:fs/promises';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { SimulatedDisk } from '../simulatedDisk.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';

/** `plutil -convert xml1 -o - -- FILE` of macOS, for a property list that is XML already: it is printed as it is. */
export async function plutil(disk: SimulatedDisk, argv: readonly string[]): Promise<ToolOutput> {
  const [path] = argv.slice(5);
  if (argv.slice(0, 5).join(' ') !== '-convert xml1 -o - --' || path === undefined || argv.length > 6)
    return cannotSimulate('plutil', argv);
  const [entry] = await disk.entries(path);
  if (entry?.kind !== 'file') return said({ stdout: [`${path}: file does not exist or is not readable`], exitCode: 1 });
  const text = await readFile(disk.place(path), 'utf8');
  if (text.startsWith('bplist')) return cannotSimulate('plutil', argv);
  if (text.includes('<plist')) return { ...said({}), stdout: text };
  return said({
    stdout: [`${path}: Property List error: Unexpected character ${text[0] ?? ''} at line 1`],
    exitCode: 1,
  });
}
