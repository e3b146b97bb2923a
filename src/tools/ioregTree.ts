import type { RegistryEntry } from '../model/registryEntry.ts';
import { requireClassName } from './className.ts';
import { parseIoregTree } from './ioreg.ts';
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import type { ParsedText } from './text/parsedText.ts';

/**
 * The objects of a class as a tree, as people paste it and `diagnose --registry` reads it (ioreg(8)): with superclasses and
 * properties, in lines that are not cut off.
 * @throws RangeError for a name that no class can have.
 */
export function ioregTree(className: string): ToolCommand<ParsedText<RegistryEntry>> {
  requireClassName(className);
  return {
    tool: 'ioreg',
    argv: ['-w', '0', '-i', '-l', '-r', '-c', className],
    asRoot: false,
    timeoutMs: 60_000,
    parse: output => {
      requireWholeAnswer('ioreg', 'objects of the I/O Registry', output);
      return parseIoregTree(output.stdout);
    },
  };
}
