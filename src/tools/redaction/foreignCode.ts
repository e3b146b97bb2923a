import { parseSystemLog } from '../kernelLog.ts';
import type { OtherVendors } from './otherVendors.ts';
import { isToolWord } from './toolWords.ts';

/** Kexts of Apple's that are called neither as their classes begin nor as their identifiers end. */
const fewOfApple = [
  ...[
    'apfs',
    'hfs',
    'autofs',
    'smbfs',
    'nfs',
    'msdosfs',
    'exfat',
    'ntfs',
    'udf',
    'cddafs',
    'cd9660',
    'webdav_fs',
    'lifs',
  ],
  ...['corecrypto', 'pthread', 'watchdog', 'private'],
];

const ofApple = /\bcom\.apple((?:\.[\w-]{1,80}){1,8})/g;
const systemKext = /\\?\/System\\?\/[^\s"]{0,300}?\/([\w.-]{1,80})\.kext\b/g;

/** What Apple's kexts may be called, in small letters: by their identifiers and places in those texts. */
export function appleKextNames(texts: Iterable<string>): ReadonlySet<string> {
  const names = new Set(fewOfApple);
  for (const text of texts) {
    for (const [, words = ''] of text.matchAll(ofApple))
      for (const word of words.split('.').slice(1)) names.add(word.toLowerCase());
    for (const [, name = ''] of text.matchAll(systemKext)) names.add(name.toLowerCase());
  }
  return names;
}

/** How other vendors' code calls itself. */
export interface ForeignCode {
  /** Kexts by which a log says that they sent a message, and the names of bundles that stand by themselves. */
  readonly senders: ReadonlySet<string>;
  /** Of the functions that such a message names, and of those of a kext in a panic's backtrace. */
  readonly classes: ReadonlySet<string>;
}

export function foreignCodeIn(
  tool: string,
  text: string,
  vendors: OtherVendors,
  apple: ReadonlySet<string>,
): ForeignCode {
  const senders = new Set<string>();
  const classes = new Set<string>();
  const addClasses = (names: readonly string[]) => {
    for (const name of vendors.foreignClasses(names)) if (name.length > 2) classes.add(name);
  };
  if (/log$/.test(tool))
    for (const { process, sender, message } of parseSystemLog(text).records) {
      if (process !== 'kernel' || sender === undefined || !isForeign(sender, vendors, apple)) continue;
      // An identifier is found wherever it stands.
      if (/^[\w-]{3,}$/.test(sender)) senders.add(sender);
      addClasses([...qualifiersIn(message), ...mangledIn(message)]);
    }
  for (const [, quoted = '', bare = quoted] of text.matchAll(bundleName))
    if (isForeignBundle(bare, vendors, apple)) senders.add(bare);
  for (const [, kext = '', symbol = ''] of text.matchAll(frame))
    if (vendors.isOther(kext)) addClasses(mangledIn(symbol));
  return { senders, classes };
}

function isForeign(sender: string, vendors: OtherVendors, apple: ReadonlySet<string>): boolean {
  if (sender.includes('.')) return vendors.isOther(sender);
  return (
    !(vendors.isOwnWord(sender) || isToolWord(sender) || apple.has(sender.toLowerCase())) &&
    vendors.foreignClasses([sender]).length > 0
  );
}

/** A name with blanks is no name of a class. */
function isForeignBundle(name: string, vendors: OtherVendors, apple: ReadonlySet<string>): boolean {
  const [first = '', ...more] = name.split(' ');
  if (more.length === 0) return isForeign(first, vendors, apple);
  return !vendors.isOwnWord(name) && !/^(?:IO|Apple)/.test(first);
}

/** `"Frob Driver.kext"`, `Notice: Hoist.kext has debug properties set.`; one with its folder is found as a path. */
const bundleName = /"([A-Za-z][\w+ -]{2,80})\.kext(?=\\?")|(?<![\w./+-])([A-Za-z][\w+-]{2,80})\.kext\b/g;

/** `0xffffff81f5c3b670 : 0xffffff7f91a2c55c com.frobco.driver.Hoist : __ZN5Hoist5startEP9IOService + 0x6c` */
const frame = /\b0x[0-9a-f]{6,16} {1,4}([A-Za-z][\w-]{0,80}(?:\.[\w-]{1,80}){1,8}) : (\S{1,400})/g;
const qualifier = /(?<![\w$:])([A-Za-z_$][\w$]{2,80})(?=::~?[A-Za-z_$])/g;
const mangled = /_ZN?[KV]?(\d{1,3})(?=[A-Za-z_$])/g;

function qualifiersIn(text: string): readonly string[] {
  return [...text.matchAll(qualifier)].map(([, name = '']) => name);
}

/** The outermost name of each mangled one: the class of a function that is one's. */
function mangledIn(text: string): readonly string[] {
  return [...text.matchAll(mangled)].map(({ 0: head, 1: length, index }) => {
    const start = index + head.length;
    return text.slice(start, start + Number(length));
  });
}
