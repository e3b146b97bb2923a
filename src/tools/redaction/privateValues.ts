import { decoded, encodedLike, fromHex, toHex } from './base64.ts';
import { isTellingDevice } from './deviceNames.ts';
import { rewriteMediaNames, usualMedia } from './mediaNames.ts';
import type { PrivateKind, Reach } from './original.ts';
import { pattern, type Rewrite } from './pattern.ts';
import { personNames } from './personNames.ts';
import { privateKind } from './privateKeys.ts';
import { signatures } from './signatures.ts';
import { escapedXml, unescapedXml } from './xmlText.ts';

/** Gets a private text that was found, and gives what is to stand in its place. */
export type Visit = (value: string, kind: PrivateKind, more?: Found) => string;

/** What else is known of a private text by where it was found. */
export interface Found {
  /** Its letters are hexadecimal digits. */
  readonly hex?: true;
  /** How far it may be replaced at most. */
  readonly reach?: Reach;
}

/** Rewrites whatever its place in a text shows to be private: values of telling keys, paths of a home, forms of addresses. */
export function rewritePrivateValues(text: string, visit: Visit): string {
  const all = [
    rewriteArchiveValues,
    rewriteTreeValues,
    rewriteJsonValues,
    rewriteMediaNames,
    ...signatures,
    ...patterns,
  ];
  return [...all, ...personNames].reduce((written, rewrite) => rewrite(written, visit), text);
}

/** `<key>IOMACAddress</key><data>…</data>` */
const rewriteArchiveValues: Rewrite = (text, visit) =>
  text.replace(
    /(<key>([^<]*)<\/key>\s*<(string|data|integer)[^<>]*>)([^<]+)/g,
    (whole, head: string, key: string, type: string, value: string) => {
      const kind = privateKind(key);
      if (kind === undefined) return whole;
      if (type === 'data') return head + rewriteBase64(value, kind, visit);
      return head + (type === 'integer' ? rewriteNumber : rewriteXmlText)(value, kind, visit);
    },
  );

/** `"IOMACAddress" = <0003934e1c2a>`, inside a dictionary without the blanks */
const rewriteTreeValues: Rewrite = (text, visit) =>
  text.replace(
    /("([^"\n]*)" ?= ?)(?:"([^"\n]*)"|<([0-9a-fA-F]+)>|(\d+))/g,
    (whole, head: string, key: string, value?: string, hex?: string, number?: string) => {
      const kind = privateKind(key);
      if (kind === undefined) return whole;
      if (value !== undefined) return `${head}"${rewriteText(value, kind, visit)}"`;
      if (hex !== undefined) return `${head}<${rewriteHex(hex, kind, visit)}>`;
      return head + rewriteNumber(number ?? '', kind, visit);
    },
  );

/** `"ibridge_serial" : "C02XK1ABJG5J"`; UUIDs are found by their form. */
const rewriteJsonValues: Rewrite = (text, visit) =>
  text.replace(
    /("(\w{1,60})" ?: ?")((?:[^"\\\n]|\\.){1,200})(?=")/g,
    (whole, head: string, key: string, value: string) => {
      const kind = privateKind(key);
      return kind === undefined || kind === 'UUID' ? whole : head + rewriteText(value, kind, visit);
    },
  );

/** A creator's name stands behind its pid, and is looked at where processes are. */
function rewriteText(value: string, kind: PrivateKind, visit: Visit): string {
  if (!/[\p{L}\d]/u.test(value) || /^pid \d+, /.test(value)) return value;
  if (kind === 'device') return isTellingDevice(value) ? visit(value, kind, { reach: 'word' }) : value;
  const bare = value.replace(/[:-]/g, '');
  return /^[0-9a-f]{12}$|^[0-9a-f]{32}$/i.test(bare)
    ? withSeparatorsOf(value, visit(bare, kind, { hex: true }))
    : visit(value, kind);
}

function rewriteXmlText(value: string, kind: PrivateKind, visit: Visit): string {
  return escapedXml(rewriteText(unescapedXml(value), kind, visit));
}

/** A small number says little, and stands for many other things. */
function rewriteNumber(value: string, kind: PrivateKind, visit: Visit): string {
  return value.trim().length < 5 ? value : visit(value, kind);
}

function rewriteBase64(value: string, kind: PrivateKind, visit: Visit): string {
  const bytes = decoded(value);
  return bytes === undefined || bytes === '' ? value : encodedLike(rewriteWhole(bytes, kind, visit), value);
}

function rewriteHex(hex: string, kind: PrivateKind, visit: Visit): string {
  return hex.length % 2 === 1 ? hex : toHex(rewriteWhole(fromHex(hex), kind, visit));
}

/** Bytes that are a text with zeros behind it are rewritten as text, others as digits. */
function rewriteWhole(bytes: string, kind: PrivateKind, visit: Visit): string {
  const [, text, zeros = ''] = /^([\x20-\x7e]+)(\0*)$/.exec(bytes) ?? [];
  if (text !== undefined) return rewriteText(text, kind, visit) + zeros;
  if (kind === 'device') return bytes;
  return /^\0*$/.test(bytes) ? bytes : fromHex(visit(toHex(bytes), kind, { hex: true }));
}

/** The digits with the colons and dashes of `like`. */
function withSeparatorsOf(like: string, digits: string): string {
  let at = 0;
  return like.replace(/[^:-]/g, () => {
    at += 1;
    return digits.charAt(at - 1);
  });
}

const slash = String.raw`\\?\/`;
const homeWord = String.raw`[^/\\"\s:;,<>()]+`;
const notHome: ReadonlySet<string> = new Set(['Shared', 'Guest', 'root']);
const hexGroup = '[0-9a-f]{1,4}';

const serialInMessage =
  /(\b(?:serial(?:[ _-]?(?:number|num|no))?\b\.?(?: \(\w{1,20}\))?(?: is)?(?: ?[:=#])?|(?:S\/N|SN)(?: is)? ?[:=#]) {0,3}(?:\\?["'<(])?)([A-Z0-9][A-Z0-9-]{5,40})(?![\w.])/gi;

/** Everything that shows by its form alone what it is. */
const patterns: readonly Rewrite[] = [
  pattern(
    'user',
    // A folder may be called with blanks, which end it where no slash follows.
    new RegExp(
      String.raw`(?<=(?:\bUsers|\bhome)${slash})(?:${homeWord}(?:\\? ${homeWord}){1,3}(?=${slash}|\\?")|${homeWord}(?=[/\\"\s:;,<>()]|$))`,
      'gm',
    ),
    name => !notHome.has(name),
  ),
  pattern(
    'volume',
    new RegExp(String.raw`(?<=${slash}Volumes${slash})[^/\\"\n<>]+?(?=\\?/|["\n<]|$)`, 'g'),
    isOwnVolume,
  ),
  pattern(
    'e-mail',
    // In JSON the letter of an escaped line end is no part of one.
    /(?:(?<![\w.+\\-])|(?<=\\[nrt]))[\w.+-]{1,64}@[a-z0-9-]{0,40}[g-z][a-z0-9-]{0,40}(?:\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,24}(?![\w-])/gi,
  ),
  pattern('host', /(?<![\w.-])[a-z0-9][a-z0-9-]*(?=\.local\b)/gi),
  // What HFS and APFS log of a volume.
  pattern('volume', /(?<=\bhfs: (?:mounted|unmount initiated on) )[^"\\\n]{1,255}?(?= on device )/g, isOwnVolume),
  pattern('volume', /(?<=\b[Mm]ount(?:ing|ed) volume:? )[^",\\\n]{1,255}(?=, requested by)/g, isOwnVolume),
  pattern('volume', /(?<=\bvolume named )[^"\\\n]{1,255}?(?= (?:un)?mounted\b)/g, isOwnVolume),
  pattern('volume', /(?<=\b[Vv]olume (?:named )?\\?["'])[^"\\\n]{1,255}?(?=\\?["'](?:[\s,.:;)"]|$))/gm, isOwnVolume),
  // `SSID = 'Smiths Home'`, `SSID: Smiths`
  pattern('network', /(?<=(?<![A-Z])SSID ?[:=] ?\\?["'])[^"\\\n]{1,64}?(?=\\?["'](?:[\s,.:;)"]|$))/gm),
  pattern('network', /(?<=(?<![A-Z])SSID ?[:=] ?)[^\s"'\\<,;]{1,32}/g),
  // `//john:secret@nas/share`
  (text, visit) =>
    text.replace(
      /(?<=\/\/)([^\s/@:"'<>\\]{1,64})(?::([^\s/@"'<>\\]{1,64}))?@([\w.-]{1,255})/g,
      (whole, user: string, password: string | undefined, host: string) => {
        if (user === 'git' && password === undefined) return whole;
        const secret = password === undefined ? '' : `:${visit(password, 'password')}`;
        return `${visit(user, 'user')}${secret}@${visit(host, 'host')}`;
      },
    ),
  pattern('UUID', /(?<![0-9A-F-])[0-9A-F]{8}-[0-9A-F]{16}(?![0-9A-F-])/g),
  pattern(
    'device',
    /(?<=\benumerated 0x[0-9a-f]{4}\/[0-9a-f]{4} \()[^/()"\\\n]{1,128}?(?= \/ \d+\))/g,
    isTellingDevice,
    { reach: 'word' },
  ),
  pattern('serial number', /(?<=\bUSBMSC Identifier \((?:non-)?unique\): )\S+/g),
  // Of lines without a date: a name with a domain, or that of the machine whose kernel it is.
  pattern('host', /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?= \S{1,80}\[\d+\](?: \(\S{1,80}\))?(?: <\w+>)?: )/gim),
  pattern(
    'host',
    /^[a-z0-9][\w.-]*(?= (?:kernel\[0\]|com\.apple\.[\w.]{1,80}\[\d+\])(?: \(\S{1,80}\))?(?: <\w+>)?: )/gim,
    notLocalhost,
  ),
  pattern('host', /(?<=^[A-Z][a-z]{2} {1,2}\d{1,2} [\d:]{8} )\S+(?= \S[^[\n]*\[\d+\])/gm, notLocalhost),
  pattern('host', /(?<=^\d{4}-\d\d-\d\d [\d:.]{8,15}[+-]\d{4} {1,2})\S+(?= \S[^[\n]*\[\d+\])/gm, notLocalhost),
  pattern(
    'user',
    /(?<=^(?:Sorry, user|User|Matching Defaults entries for) )\S+(?= (?:may (?:not )?run |is not allowed to run |on ))/gm,
    notRoot,
  ),
  pattern('user', /^\S+(?= is not in the sudoers file\.)/gm, notRoot),
  // In the environment and the settings of a build: `setenv USER john`, `export LOGNAME\=john`, `INSTALL_OWNER = john`.
  pattern(
    'user',
    /(?<=\b(?:USER|LOGNAME|INSTALL_OWNER|ALTERNATE_OWNER|VERSION_INFO_BUILDER)(?: = |\\?=| )["']?)[\w.-]+(?=["']?$)/gm,
    notRoot,
  ),
  pattern(
    'host',
    /(?<=^(?:.{1,300} (?:may (?:run the following commands|not run sudo)|is not allowed to run sudo)|Matching Defaults entries for \S{1,300}) on )[^\s:]+?(?=[:.]$)/gm,
    notLocalhost,
  ),
  pattern('host', /(?<=^sudo: unable to resolve host )[^\s:]+/gm, notLocalhost),
  // The device of a network volume in what df prints: `//user@server/share`, `server:/share`.
  pattern('user', /(?<=^\/\/)[^@/\s]+(?=@\S+ +\d+ +\d+ +-?\d+ )/gm),
  pattern('host', /(?<=^\/\/(?:[^@/\s]{1,200}@)?)[^@/\s]+(?=\/\S* +\d+ +\d+ +-?\d+ )/gm),
  pattern('host', /^[^:/\s]+(?=:\/\S* +\d+ +\d+ +-?\d+ )/gm),
  pattern('serial number', /(?<=\/dev\/(?:cu|tty)\.)[^"<>\s]+/g),
  // In a message: `serial number C02XK1ABJG5J`, `SN=C02XK1ABJG5J`, `serial: "C02XK1ABJG5J"`.
  (text, visit) =>
    text.replace(serialInMessage, (whole, head: string, value: string) =>
      /\d/.test(value) && !/^0x/i.test(value) ? head + visit(value, 'serial number') : whole,
    ),
  (text, visit) =>
    text.replace(/(?<![\w:-])[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}(?![\w:-])/gi, found =>
      withSeparatorsOf(found, visit(found.replace(/[:-]/g, ''), 'address', { hex: true })),
    ),
  pattern(
    'address',
    /(?<![\w.(])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.)])/g,
    ip => !/^(0|127|255)\./.test(ip),
  ),
  (text, visit) =>
    text.replace(
      new RegExp(
        String.raw`(?<![\w:])(?:fe80|f[cd][0-9a-f]{2}|2[0-9a-f]{3})(?::${hexGroup}){0,6}:(?::?${hexGroup}){1,7}(?![\w:])`,
        'gi',
      ),
      found => (/::|(?::[^:]+){7}/.test(found) ? visit(found, 'address', { hex: true }) : found),
    ),
];

function isOwnVolume(name: string): boolean {
  return !usualMedia.test(name);
}

function notLocalhost(name: string): boolean {
  return name !== 'localhost';
}

function notRoot(name: string): boolean {
  return name !== 'root';
}
