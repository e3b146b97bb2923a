/**
 * ioreg(8) with `-a`: an XML property list, a dictionary for the whole tree or an array of subtrees with `-r`; nothing at
 * all where `-r` matched nothing. Accepted entries have
 *   IORegistryEntryName, IORegistryEntryLocation, IORegistryEntryID, IOObjectClass, IOObjectInheritance (with `-i`),
 *   IOObjectRetainCount, IOServiceState (bits), IOServiceBusyState, IOServiceBusyTime, IORegistryEntryChildren
 * and the object's own properties among them. Several archives may follow each other.
 */
import type { RegistryEntry } from '../model/registryEntry.ts';
import { requireClassName } from './className.ts';
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import type { ToolOutput } from './port/toolOutput.ts';
import { IoregArchiveReader } from './registry/archiveReader.ts';
import type { ParsedText } from './text/parsedText.ts';

/** The whole IOService plane: every object with its state and superclasses, and no properties, which keeps it small. */
export function ioregArchive(): ToolCommand<readonly RegistryEntry[]> {
  return command(['-a', '-i'], 'an I/O Registry archive with a root', roots => roots.length > 0);
}

/**
 * The objects of that class and of its subclasses, with their properties, each with what is below it. Empty where there
 * are none.
 * @throws RangeError for a name that no class can have.
 */
export function ioregObjects(className: string): ToolCommand<readonly RegistryEntry[]> {
  requireClassName(className);
  return command(['-a', '-i', '-r', '-c', className], 'an I/O Registry archive', () => true);
}

function command(
  argv: readonly string[],
  expected: string,
  isAnswer: (roots: readonly RegistryEntry[]) => boolean,
): ToolCommand<readonly RegistryEntry[]> {
  const parse = (output: ToolOutput) => {
    requireWholeAnswer('ioreg', expected, output);
    const { records, notUnderstood } = parseIoregArchive(output.stdout);
    if (notUnderstood.length > 0 || !isAnswer(records)) throw new UnknownToolText('ioreg', expected, output);
    return records;
  };
  return { tool: 'ioreg', argv, asRoot: false, timeoutMs: 60_000, parse };
}

/** Whether a text of ioreg is an archive, and no tree. */
export function isIoregArchive(text: string): boolean {
  return /^\s*(<\?xml|<!DOCTYPE|<plist)/.test(text);
}

/**
 * The roots in one or more archives, as IoregArchiveReader.end gives them. `keeps` tells which properties are kept: all, or
 * those that somebody asks for.
 */
export function parseIoregArchive(text: string, keeps?: (key: string) => boolean): ParsedText<RegistryEntry> {
  const reader = new IoregArchiveReader(keeps);
  reader.feed(text);
  return reader.end();
}
