import type { PanicLogDependency, PanicLogLastKext, PanicLogLoadedKext } from '../panicLog.ts';
import { expandKextName, withoutBlindExpansion } from './compressedKextName.ts';

/** A line of a backtrace's kexts: one of them, or what the one before it needs. */
export interface PanicKextLine {
  readonly isDependency: boolean;
  readonly kext: PanicLogDependency;
}

const shape =
  /^(dependency:)?([^()[\]:,;"']{2,200})\(([^()]{0,60})\)(?:\[([\da-f-]{1,40})\])?(?:@(0x[\da-f]{1,16})(?:->(0x[\da-f]{1,16}))?)?$/i;

/**
 * What a line says about a kext in the backtrace, in all shapes that kernels gave it:
 *   com.foo.bar(1.0)                                        (10.2)
 *   com.foo.bar(1.0)@0x797000 and …@0x797000->0x79cfff      (to 10.6)
 *   com.foo.bar(1.0)[UUID]@0xffffff7f83528000->0xffffff7f83556fff
 * `dependency: ` stands before what a kext needs. Only in the list itself (`listed`) does a line without an address count.
 */
export function readKextLine(text: string, bare: string, listed: boolean): PanicKextLine | undefined {
  // Such a line has no blank of its own but the one behind the colon; copies add some near the 80th column.
  const match = bare.length > 500 ? null : shape.exec(withoutBlindExpansion(bare.replaceAll(/\s+/g, '')));
  if (!match) return undefined;
  const [, dependency, name = '', told = '', uuid, start, end] = match;
  const isPlain = /\./.test(name) && /^\d[\w.~]*$/.test(told);
  if (start === undefined && !(isPlain && (listed || dependency !== undefined))) return undefined;
  const range = {
    start: start === undefined ? undefined : BigInt(start),
    end: end === undefined ? undefined : BigInt(end),
  };
  return {
    isDependency: dependency !== undefined,
    kext: { name: expandKextName(name), version: told, uuid, ...range, text },
  };
}

/** What a line of the list of loaded kexts names: usually one, several where a copy lost the line ends. */
export function readLoadedKexts(bare: string): readonly PanicLogLoadedKext[] | undefined {
  if (bare === '(none)') return [];
  const words = bare.replace(/ - last (?:un)?loaded \d+$/, '').split(/\s+/);
  const kexts: PanicLogLoadedKext[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const printedName = words[at] ?? '';
    if (!isKextName(printedName)) return undefined;
    const version = words[at + 1];
    const hasVersion = version !== undefined && isVersion(version);
    if (!hasVersion && (version !== undefined || !/\..+\./.test(printedName))) return undefined;
    kexts.push({ name: expandKextName(printedName), printedName, version: hasVersion ? version : undefined });
    if (hasVersion) at += 1;
  }
  return kexts;
}

function isKextName(word: string): boolean {
  return /^[>|$@][\w!.$-]{1,150}$/.test(word) || /^\w[\w!$-]{0,80}(?:\.[\w!$+-]{1,80}){1,20}$/.test(word);
}

function isVersion(word: string): boolean {
  return /^\d[\w.~+-]{0,60}$/.test(word);
}

const last =
  /^last (loaded|started|unloaded|stopped) kext at (\d{1,20}): *([^\s()]+)(?:\s+([^\s()]+))?\s*(?:\(addr (0x[\da-f]{1,16}), size (0x[\da-f]{1,12}|\d{1,15})\))?/i;

/** What `last loaded kext at …` says, and its kin. */
export function readLastKext(bare: string): PanicLogLastKext | undefined {
  const match = last.exec(bare);
  if (!match) return undefined;
  const [, what = '', at = '', printedName = '', version, address, size] = match;
  return {
    what: what.toLowerCase() as PanicLogLastKext['what'],
    at: Number(at),
    name: expandKextName(printedName),
    printedName,
    version,
    address: address === undefined ? undefined : BigInt(address),
    size: size === undefined ? undefined : Number(size),
  };
}
