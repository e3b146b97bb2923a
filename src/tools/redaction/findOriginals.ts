import type { Capture } from '../captures/captureFile.ts';
import { driverNamesIn } from './driverClasses.ts';
import { rewriteData } from './encodedData.ts';
import { appleKextNames, foreignCodeIn } from './foreignCode.ts';
import { type Original, type PrivateKind, type Reach, reachOf } from './original.ts';
import { OtherVendors, type OwnNames } from './otherVendors.ts';
import { type Found, rewritePrivateValues, type Visit } from './privateValues.ts';
import type { Rewriter } from './rewriter.ts';

/** What is known before a text is read. */
export interface KnownNames {
  /** Short names of users. */
  readonly users: readonly string[];
  readonly hosts: readonly string[];
  readonly own: OwnNames;
}

/** A text of a capture with the tool that printed it; of an argument no tool did. */
export interface CapturePart {
  readonly tool: string;
  readonly text: string;
}

/** Everything of a capture in which something private can stand. */
export function partsOf({ tool, argv, stdout, stderr }: Capture): readonly CapturePart[] {
  return [...argv.map(text => ({ tool: '', text })), { tool, text: stdout }, { tool, text: stderr }];
}

/** All private texts of the captures, each once, the longest first. */
export function findOriginals(
  captures: readonly Capture[],
  { users, hosts, own }: KnownNames,
  rewrite: Rewriter,
): readonly Original[] {
  const found = new Map<string, Original>();
  const vendors = new OtherVendors(own);
  // A device or a process may be called as the kext that it belongs to.
  const ownNames = new Set([...own.words, ...own.classes]);
  const isOwn = (name: string) => name.split(/[^\w$]+/).some(word => ownNames.has(word));
  const note: Visit = (value, kind, more) => {
    const lower = value.toLowerCase();
    const known = found.get(lower);
    const original = originalOf(value, kind, more);
    if (!saysSomething(value) || (kindsOfThings.has(kind) && isOwn(value))) return value;
    if (known === undefined || isWider(original, known)) found.set(lower, original);
    if (kind === 'user') for (const name of namesOf(value)) note(name, 'user', { reach: 'word' });
    return value;
  };
  for (const name of users) note(name, 'user');
  for (const name of hosts.flatMap(host => [host, host.replace(/\..*$/, '')])) note(name, 'host');
  const parts = captures.flatMap(partsOf);
  const apple = appleKextNames(parts.map(({ text }) => text));
  for (const { tool, text } of parts) {
    rewrite(tool, text, note);
    rewriteData(text, bytes => rewritePrivateValues(bytes, note));
    noteVendors(text, vendors, note);
    const { senders, classes } = foreignCodeIn(tool, text, vendors, apple);
    for (const name of senders) note(name, 'other vendor');
    for (const name of [...classes, ...driverNamesIn(tool, text, vendors)])
      note(name, 'other vendor', { reach: 'word' });
  }
  return [...found.values()].toSorted((a, b) => b.text.length - a.text.length);
}

function noteVendors(text: string, vendors: OtherVendors, note: Visit): void {
  for (const identifier of vendors.identifiersIn(text)) {
    const names = vendors.namesIn(identifier);
    for (const name of names) note(name, 'other vendor');
    const short = vendors.shortVendorIn(identifier);
    if (short !== undefined) note(`.${short}.`, 'other vendor');
    // Where it is made of short and usual words alone, it is a name as a whole.
    if (names.length === 0) note(identifier, 'other vendor', identifier.includes('.') ? { reach: 'word' } : {});
  }
  for (const name of vendors.classesIn(text)) note(name, 'other vendor', { reach: 'word' });
}

/** What may be called as the project is, and is its own then. */
const kindsOfThings: ReadonlySet<PrivateKind> = new Set(['device', 'path', 'process', 'other vendor']);

/** The names of a person who has several: first, middle and last one. */
function namesOf(person: string): readonly string[] {
  const names = person.split(/\\? |%20/);
  return names.length > 1 ? names.filter(name => name.length > 2) : [];
}

const reaches: readonly Reach[] = ['place', 'word', 'everywhere'];

/** Zeros alone stand where nothing was entered. */
function saysSomething(value: string): boolean {
  return /[\p{L}\d]/u.test(value) && !/^[0\s.:-]*$|^f+$/i.test(value);
}

function isWider(original: Original, known: Original): boolean {
  return reaches.indexOf(original.reach) > reaches.indexOf(known.reach);
}

function originalOf(text: string, kind: PrivateKind, { hex, reach = 'everywhere' }: Found = {}): Original {
  const isHex = hex ?? (/^[0-9a-f]{8,}$/i.test(text) && /[0-9]/.test(text));
  // What has the form of an address is one, wherever it stands.
  const byItself = hex && text.length > 8 ? 'everywhere' : reachOf(text);
  const least = reaches[Math.min(reaches.indexOf(byItself), reaches.indexOf(reach))] ?? 'place';
  return { text, kind, reach: least, hex: isHex };
}
