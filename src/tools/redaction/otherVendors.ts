import { isApple } from '../../model/kext.ts';
import { parseKextstat } from '../kextstat.ts';
import { isToolWord } from './toolWords.ts';

/** What belongs to the user's own project and stays as it is. */
export interface OwnNames {
  /** Bundle identifiers. */
  readonly identifiers: readonly string[];
  /** Of libkern, as at run time. */
  readonly classes: readonly string[];
  /** Of the products and folders that its load names: `Turbine`. */
  readonly words: readonly string[];
}

/** Tells what other vendors are called in the texts of tools. */
export class OtherVendors {
  readonly #identifiers: ReadonlySet<string>;
  readonly #classes: ReadonlySet<string>;
  readonly #words: ReadonlySet<string>;
  readonly #folders: ReadonlySet<string>;

  constructor({ identifiers, classes, words }: OwnNames) {
    this.#identifiers = new Set(identifiers);
    this.#classes = new Set(classes);
    this.#folders = new Set(words.map(word => word.toLowerCase()));
    this.#words = new Set([...words, ...classes, ...identifiers.flatMap(wordsOf)].map(word => word.toLowerCase()));
  }

  /** Whether a bundle identifier is neither Apple's nor of the project. */
  isOther(identifier: string): boolean {
    if (isApple(identifier)) return false;
    return !this.#identifiers.has(identifier);
  }

  /** Whether a name of a product, a folder, a source or a process is one of the project's own. */
  isOwnWord(word: string): boolean {
    return this.#words.has(word.toLowerCase());
  }

  /** Whether a folder or a bundle of that name is the project's: more than a word of its identifier. */
  isOwnFolder(name: string): boolean {
    return this.#folders.has(name.toLowerCase());
  }

  /** Bundle identifiers of others in any text, and the words that they are made of and that say who they are. */
  identifiersIn(text: string): readonly string[] {
    const written = [...text.matchAll(identifier), ...text.matchAll(ofKernel)].map(([, found = '']) => found);
    const symbols = symbolsIn(text).filter(each => this.#isOtherSymbol(each));
    const listed = parseKextstat(text).records.map(({ bundleIdentifier }) => bundleIdentifier);
    const identifiers = [...written, ...listed].filter(
      each => /[A-Za-z]/.test(each) && /^[\w.-]+(?<!\.kext)$/.test(each) && this.isOther(each),
    );
    return [...new Set([...identifiers, ...symbols])];
  }

  /** Of a class or symbol that is named after a domain: whether that is neither Apple's nor one of the project's. */
  #isOtherSymbol(name: string): boolean {
    const vendor = (text: string) => text.split(/[._]/, 2).join('.').toLowerCase();
    if (vendor(name) === 'com.apple' || this.#classes.has(name)) return false;
    return ![...this.#identifiers, ...this.#classes].some(own => vendor(own) === vendor(name));
  }

  /** The words of an identifier that name its vendor or product. */
  namesIn(identifier: string): readonly string[] {
    return wordsOf(identifier)
      .slice(1)
      .filter(word => word.length > 3 && /[A-Za-z]/.test(word) && !isToolWord(word) && !this.isOwnWord(word));
  }

  /** The word of an identifier that names its vendor, where it is too short to be looked for by itself: `hp`. */
  shortVendorIn(identifier: string): string | undefined {
    const [, vendor = ''] = identifier.split('.');
    const isShort = /^[A-Za-z][\w-]{0,2}$/.test(vendor);
    return isShort && !isToolWord(vendor) && !this.isOwnWord(vendor) ? vendor : undefined;
  }

  /** Classes in any text that are neither Apple's nor of the project. */
  classesIn(text: string): readonly string[] {
    const found = [...text.matchAll(classText)]
      .flatMap(groups => groups.slice(1))
      .flatMap(each => each?.split(/ ?: ?/) ?? []);
    const ofKexts = [...text.matchAll(classOfKext)].flatMap(([, kext = '', name = '']) =>
      this.isOther(kext) ? [name] : [],
    );
    return [...new Set([...this.foreignClasses(found), ...ofKexts.filter(name => this.isOtherClass(name))])];
  }

  /** Those of the names of classes that are neither Apple's nor of the project. */
  foreignClasses(names: readonly string[]): readonly string[] {
    return names.filter(name => !isAppleClass(name) && this.isOtherClass(name));
  }

  /** Whether what a kext that is not Apple's names as a class is none of the project's. */
  isOtherClass(name: string): boolean {
    return /^[A-Za-z_$][\w$]+$/.test(name) && !this.#classes.has(name) && !isToolWord(name);
  }
}

/** Names of C++ that begin with a domain: `com_frobco_Driver`; in a mangled one its length stands before it. */
function symbolsIn(text: string): readonly string[] {
  return [...text.matchAll(symbolOfDomain)].map(({ 0: found, index }) => {
    const length = Number(/\d{0,3}$/.exec(text.slice(Math.max(0, index - 3), index))?.[0]);
    return length > 'com_'.length && length < found.length ? found.slice(0, length) : found;
  });
}

function wordsOf(identifier: string): readonly string[] {
  return identifier.split(/[^A-Za-z0-9]+/).filter(word => word !== '');
}

const domains =
  'com|org|net|io|de|uk|jp|fr|ch|eu|us|me|app|dev|co|info|biz|at|nl|se|no|fi|ru|cn|kr|tw|as|it|es|ca|au|br|pl';
const identifier = new RegExp(
  String.raw`(?:(?<![\w.-])|(?<=(?<!\w)(?:[A-Z0-9]{10}|group)\.))((?:${domains})(?:\.[A-Za-z0-9_-]{1,80}){2,8})(?![\w-])`,
  'gi',
);
/** Other domains are words of C, too: `io_connect_t`, `net_init`. */
const symbolOfDomain = /(?<![A-Za-z_$])(?:com|org)(?:_[A-Za-z0-9]{1,80}){2,8}/g;
/** `Kext ID class …`, `Can't unload kext ID;` */
const ofKernel = /\b[Kk]ext ([A-Za-z][\w-]*(?:\.[\w-]+)+)/g;
const classOfKext =
  /\b[Kk]ext (\S+) (?:(?:has )?(?:already )?registered |failed to register |asked to unregister unknown |has IOService sub)?class ([A-Za-z_$][\w$]*)/g;
/** In a count, in a tree, in an archive, in a message of the I/O Kit. */
const classText =
  /(?:^|, )([A-Za-z_$][\w$]*) = (?=\d|-\d|<no|\?\?)|<class ([\w$: ]+)[,>]|<key>(?:IOObjectClass|IOObjectInheritance|IOClass|IOUserClientClass|IOProviderClass|IOMatchCategory)<\/key>\s*(?:<array>\s*)?<string>([\w$]+)|^[ \t]*<string>([A-Za-z_$][\w$]*)<\/string>(?=\s*(?:<string>|<\/array>))|"(?:IOClass|IOUserClientClass|IOProviderClass|IOMatchCategory)" ?= ?"([\w$]+)"|"([A-Za-z_$][\w$]*)"=(?=\d)|\balloc class \\?"([A-Za-z_$][\w$]*)|(?<![\w$])([A-Za-z_$][\w$]*)\[0x[0-9a-f]{1,16}\]::/gm;

/** The systems of classes that macOS has of its own: of I/O Kit and its families, of graphics, audio, networks, security. */
const appleClass = new RegExp(
  `^_?(${[
    ...[
      'k?IO',
      // Keys, which stand in dictionaries as classes do.
      'k[A-Z]',
      'OS',
      'apple',
      'Apple',
      'AAPL',
      'com_apple',
      'AFK',
      'AGDC',
      'AGDP',
      'AGPM',
      'AGX',
      'AHCI',
      'AMD',
      'ANS',
      'APC',
      'APFS',
    ],
    ...[
      'ACM',
      'ACPI',
      'ASP',
      'ATI',
      'AUA',
      'AV[A-Z]',
      'AirPort',
      'Audio',
      'BCM',
      'BSD',
      'Bluetooth',
      'BootCache',
      'Broadcom',
    ],
    ...[
      'CC[A-Z]',
      'CSRBluetooth',
      'Core[A-Z]',
      'Crypto',
      'DCP',
      'DEXT',
      'DeviceTree',
      'Digitizer',
      'DiskImage',
      'Dont_Steal',
    ],
    ...[
      'Dsp[A-Z]',
      'EFI',
      'EHCI',
      'ES[A-Z]',
      'EXDisplay',
      'Endpoint',
      'EupDSP',
      'EventElement',
      'GTrace',
      'GMetrics',
      'GeForce',
    ],
    ...[
      'Gen\\d',
      'H1\\d',
      'HDCP',
      'HFS',
      'HID',
      'HSS',
      'Intel',
      'JPEG',
      'KDI',
      'KRAction',
      'KernelRelay',
      'KextAudit',
      'LogManager',
    ],
    ...[
      'MEI',
      'MTP',
      'NVDA',
      'NVMe',
      'PAVP',
      'PCI',
      'PM[A-Z]',
      'PPM',
      'PPP',
      'RSN',
      'RTBuddy',
      'Root',
      'SCSI',
      'SEP',
      'SKYWALK',
    ],
    ...[
      'SMC',
      'SPU',
      'STUC',
      'Sandbox',
      'Skywalk',
      'Smbus',
      'SoC',
      'Stopwatch',
      'System',
      'TDM',
      'TMR',
      'USB',
      'UVC',
      'VNode',
    ],
    ...[
      'VRAM',
      'VirtIO',
      'X86',
      'XHCI',
      'g6_',
      'hv_',
      'iPhone',
      'lz',
      'mDNS',
      'pmtelemetry',
      'triggers',
      'utun',
      'vecLib',
    ],
  ].join('|')})`,
);

/** By the prefixes of the classes that macOS has of its own. Whoever takes one of them is known by a kext that names it. */
function isAppleClass(name: string): boolean {
  return appleClass.test(name);
}
