import { ioReturnOfCode, ioReturns } from '../../tools/ioReturn.ts';
import { osReturnOfCode, osReturns } from '../../tools/osReturn.ts';
import { ioReturnTexts } from './ioReturns.ts';
import { signatureStatuses } from './signatureCodes.ts';

/** A return code in each way that people meet it. */
export interface ReturnCode {
  /** `0xdc008018` */
  readonly hex: string;
  /** As kmutil prints it: -603946984. */
  readonly decimal: number;
  /** undefined for one that has no known name. */
  readonly symbol: string | undefined;
  /** What mach_error_string(3) says; undefined where it is not known. */
  readonly text: string | undefined;
}

/** The number, unsigned or signed, in all its ways. */
export function returnCode(number: number): ReturnCode {
  const code = number >>> 0;
  const os = osReturnOfCode(code);
  return {
    hex: `0x${code.toString(16)}`,
    decimal: code | 0,
    symbol:
      os?.symbol ??
      ioReturnOfCode(code)?.symbol ??
      signatureStatuses.find(({ status }) => status >>> 0 === code)?.symbol ??
      (code === 5 ? 'KERN_FAILURE' : undefined),
    text: os?.text ?? ioReturnTexts[code] ?? (code === 5 ? kernFailure : undefined),
  };
}

/** The kernel's code of no particular kind, in the words of mach_error_string(3). */
const kernFailure = '(os/kern) failure';

const systems: Readonly<Record<number, string>> = { 55: 'libkern', 56: 'the I/O Kit' };
const subsystems: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  55: { 0: 'common', 1: 'metaclass', 2: 'kext' },
  56: {
    0: 'common',
    1: 'USB',
    2: 'FireWire',
    4: 'block storage',
    5: 'graphics',
    6: 'networking',
    8: 'Bluetooth',
    9: 'PMU',
    10: 'ACPI',
    14: 'HID',
    16: 'SCSI',
    4094: 'vendor specific',
  },
};

/** The parts of a code of libkern or the I/O Kit (mach/error.h: err_get_system, err_get_sub, err_get_code), in words. */
export function partsOfCode(number: number): string | undefined {
  const code = number >>> 0;
  const system = code >>> 26;
  const named = systems[system];
  if (named === undefined) return undefined;
  const sub = (code >>> 14) & 0xfff;
  const subsystem = subsystems[system]?.[sub];
  return `system 0x${system.toString(16)} (${named}), subsystem ${sub}${subsystem === undefined ? '' : ` (${subsystem})`}, code 0x${(code & 0x3fff).toString(16)}`;
}

const texts: readonly (readonly [text: string, code: number])[] = [
  ...osReturns.flatMap(({ text, code }) => (text === undefined ? [] : [[text, code] as const])),
  ...Object.entries(ioReturnTexts).map(([code, text]) => [text, Number(code)] as const),
  [kernFailure, 5] as const,
].toSorted(([a], [b]) => b.length - a.length);

const symbols: ReadonlyMap<string, number> = new Map([
  ['kern_failure', 5],
  ...['kern_success', 'kosreturnsuccess', 'kioreturnsuccess'].map(symbol => [symbol, 0] as const),
  ...signatureStatuses.map(({ symbol, status }) => [symbol.toLowerCase(), status >>> 0] as const),
  ...ioReturns.map(({ symbol, code }) => [symbol.toLowerCase(), code] as const),
  // One code stands for two symbols together; each of them has its own, too.
  ...osReturns.map(({ symbol, code }) => [symbol.toLowerCase(), code] as const),
]);

const numerals =
  /\b0x[0-9a-f]{8}\b|\b(?:dc00|e000)[0-9a-f]{4}\b|(?<![\w.-])-(?:\d{9,10}|67\d{3})\b|(?<![\w.-])3(?:69|75)\d{7}\b|\berrSecCS\w+|\bk(?:OS|IO)\w+|\bKERN_FAILURE\b|(?<=(?:code|result) )0x5\b|\((?:libkern|iokit|os)\//gi;

/** The codes that a message names as a number, a symbol or a text, in its order and each once. */
export function codesIn(message: string): readonly number[] {
  const found = new Set<number>();
  for (const { 0: word, index } of message.matchAll(numerals)) {
    const code = word.startsWith('(')
      ? texts.find(([text]) => message.startsWith(text, index))?.[1]
      : (codeOfSymbol(word) ?? codeOfNumeral(word));
    if (code !== undefined) found.add(code);
  }
  return [...found];
}

function codeOfNumeral(word: string): number | undefined {
  if (/^(dc00|e000)/i.test(word)) return Number.parseInt(word, 16);
  return /^[-03]/.test(word) ? Number(word) >>> 0 : undefined;
}

/** The code of a symbol, in any case. */
export function codeOfSymbol(symbol: string): number | undefined {
  return symbols.get(symbol.toLowerCase());
}

/** The code whose text that is: `(libkern/kext) not found`, with or without a full stop. */
export function codeOfText(text: string): number | undefined {
  const bare = text.trim().replace(/\.$/, '');
  return texts.find(([known]) => known === bare)?.[1];
}
