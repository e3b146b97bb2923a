/**
 * ioreg(8) with `-a`: an XML property list, a dictionary for the whole tree or an array of subtrees with `-r`; nothing at
 * all where `-r` matched nothing. Accepted entries have
 *   IORegistryEntryName, IORegistryEntryLocation, IORegistryEntryID, IOObjectClass, IOObjectInheritance (with `-i`),
 *   IOObjectRetainCount, IOServiceState (bits), IOServiceBusyState, IOServiceBusyTime, IORegistryEntryChildren
 * and the object's own properties among them. Several archives may follow each other.
 */
import type { RegistryEntry } from '../model/registryEntry.ts';
import { requireWholeAnswer } from './answer.ts';
import { type Line, linesOf } from './lines.ts';
import { isNoise } from './noise.ts';
import type { LineNotUnderstood, ParsedText } from './parsedText.ts';
import { readPropertyListXml } from './propertyListXml.ts';
import { registryEntryOf } from './registryEntryOf.ts';
import type { ToolCommand } from './toolCommand.ts';
import { UnknownToolText } from './toolErrors.ts';
import type { ToolOutput } from './toolOutput.ts';

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
  if (!/^[A-Za-z_$][\w$:]*$/.test(className)) throw new RangeError(`"${className}" is no class name`);
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

/**
 * The roots in one or more archives. Where an archive is cut off or none at all, its lines stand in notUnderstood after a
 * remark with the line number 0 that says what is wrong with it.
 */
export function parseIoregArchive(text: string): ParsedText<RegistryEntry> {
  const records: RegistryEntry[] = [];
  const notices: string[] = [];
  const notUnderstood: LineNotUnderstood[] = [];
  const refuse = (remark: string, lines: readonly Line[]) => {
    notUnderstood.push({ line: 0, text: remark }, ...lines);
  };
  const outside = (lines: readonly Line[]) => {
    for (const line of lines)
      if (isNoise(line.text)) notices.push(line.text);
      else notUnderstood.push(line);
  };
  let at = 0;
  for (;;) {
    const start = text.indexOf('<plist', at);
    if (start === -1) break;
    outside(linesBetween(text, at, start).filter(({ text }) => !isProlog(text)));
    const read = readPropertyListXml(text, start);
    const end = 'problem' in read ? text.length : read.end;
    const roots = 'problem' in read ? read.problem : rootsOf(read.value);
    if (typeof roots !== 'string') records.push(...roots);
    else {
      const place = 'problem' in read ? ` (line ${lineAt(text, read.at)})` : '';
      refuse(`not a whole I/O Registry archive: ${roots}${place}`, linesBetween(text, start, end));
    }
    at = end;
  }
  const rest = linesBetween(text, at, text.length);
  const first = rest.find(({ text }) => !isNoise(text));
  if (at === 0 && first) refuse('not an I/O Registry archive: it has no <plist>', rest);
  else outside(rest);
  // What stands on the lines of an archive is part of it.
  const kept = new Set(notUnderstood.map(({ line }) => line).filter(line => line > 0));
  const recordLines = linesOf(text).length - notices.length - kept.size;
  return { records, recordLines, notices, notUnderstood };
}

/** The entries of an archive, or what is wrong with it. */
function rootsOf(value: Parameters<typeof registryEntryOf>[0]): readonly RegistryEntry[] | string {
  const entries = (Array.isArray(value) ? value : [value]).map(registryEntryOf);
  const known = entries.filter(entry => entry !== undefined);
  return known.length === entries.length ? known : 'its entries have no IOObjectClass';
}

function isProlog(text: string): boolean {
  return /^\s*(<\?xml\b.*\?>)?\s*(<!DOCTYPE\b.*>)?\s*$/.test(text);
}

function linesBetween(text: string, from: number, to: number): readonly Line[] {
  const before = lineAt(text, from) - 1;
  return linesOf(text.slice(from, to)).map(line => ({ line: line.line + before, text: line.text }));
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
