/**
 * The symbols of kextlibs(8) -undef-symbols, -multdef-symbols, -onedef-symbols and -all-symbols. Accepted:
 *       1 symbol not found in any library kext.
 *       2 symbols not found in any library kext:
 *   <TAB>_sample_get_map                                     (copies make blanks of the tab)
 *       1 symbol found in one library kext each:
 *       _OSMalloc in /System/Library/Extensions/System.kext/PlugIns/Libkern.kext (18.7)
 *       1 symbol found in more than one library kext:
 *       _sample_protect: in
 *           /Library/Extensions/Gear.kext (compatible version 1.0)
 *       Multiple symbols found among 2 libraries:
 *   <TAB>org.sample.driver.Gear
 */
import type { Line } from '../text/lines.ts';

/** How many symbols are in none of the libraries, in one each or in several, and which, where they are listed. */
export interface KextlibsSymbols extends Line {
  readonly kind: 'symbols';
  readonly found: 'nowhere' | 'once' | 'severalTimes';
  /** undefined where only the libraries are named. */
  readonly count: number | undefined;
  readonly symbols: readonly KextlibsSymbol[];
  /** Where symbols were found several times and are not listed: the libraries, by identifier. */
  readonly libraries: readonly string[];
}

/** A symbol as the linker names it, and the libraries that have it. */
export interface KextlibsSymbol {
  readonly symbol: string;
  readonly foundIn: readonly { readonly path: string; readonly version: string }[];
}

const heading =
  /^\s*(\d+) symbols? (not found in any library kext|found in one library kext each|found in more than one library kext)[.:]?\s*$/;
const several = /^\s*[Mm]ultiple symbols found among (\d+) libraries:\s*$/;
const foundOnce = /^\s+(\S.*?) in (\/.*) \((?:compatible version )?([^()]*)\)\s*$/;
const foundIn = /^\s+(\S.*) \((?:compatible version )?([^()]*)\)\s*$/;

// Longer lines are none of these; and to look for ` in ` in them takes its time.
const longest = 4096;

/** The symbols whose count stands at `lines[at]`, and how many lines they take; undefined where none does. */
export function takeKextlibsSymbols(
  lines: readonly Line[],
  at: number,
): { readonly block: KextlibsSymbols; readonly taken: number } | undefined {
  const first = lines[at];
  if (first === undefined) return undefined;
  const among = several.exec(first.text)?.[1];
  const [, count, words] = heading.exec(first.text) ?? [];
  const [found, listed] =
    among !== undefined
      ? (['severalTimes', takeNames(lines, at + 1, Number(among))] as const)
      : words === undefined
        ? []
        : words.startsWith('not')
          ? (['nowhere', takeNames(lines, at + 1, Number(count))] as const)
          : words.endsWith('each')
            ? (['once', takeFoundOnce(lines, at + 1, Number(count))] as const)
            : (['severalTimes', takeFoundOften(lines, at + 1, Number(count))] as const);
  if (found === undefined || listed === undefined) return undefined;
  const own = lines.slice(at, at + 1 + listed.taken);
  const block: KextlibsSymbols = {
    kind: 'symbols',
    found,
    count: count === undefined ? undefined : Number(count),
    symbols: among === undefined ? listed.symbols : [],
    libraries: among === undefined ? [] : listed.symbols.map(({ symbol }) => symbol),
    line: first.line,
    text: own.map(({ text }) => text).join('\n'),
  };
  return { block, taken: own.length };
}

interface Listed {
  readonly symbols: KextlibsSymbol[];
  readonly taken: number;
}

/** Symbols may be C++ with blanks in them: the count says how many there are, their indent where the list was cut. */
function takeNames(lines: readonly Line[], from: number, most: number): Listed {
  const symbols: KextlibsSymbol[] = [];
  while (symbols.length < most) {
    const text = lines[from + symbols.length]?.text ?? '';
    if (!/^(\t| {4,})\S/.test(text) || heading.test(text) || several.test(text)) break;
    symbols.push({ symbol: text.trim(), foundIn: [] });
  }
  return { symbols, taken: symbols.length };
}

function takeFoundOnce(lines: readonly Line[], from: number, most: number): Listed {
  const symbols: KextlibsSymbol[] = [];
  while (symbols.length < most) {
    const [, symbol, path, version] = foundOnce.exec(lines[from + symbols.length]?.text.slice(0, longest) ?? '') ?? [];
    if (symbol === undefined || path === undefined || version === undefined) break;
    symbols.push({ symbol, foundIn: [{ path, version }] });
  }
  return { symbols, taken: symbols.length };
}

function takeFoundOften(lines: readonly Line[], from: number, most: number): Listed {
  const symbols: KextlibsSymbol[] = [];
  let taken = 0;
  while (symbols.length < most) {
    const symbol = /^\s+(\S.*): in\s*$/.exec(lines[from + taken]?.text ?? '')?.[1];
    if (symbol === undefined) break;
    taken += 1;
    const places: { path: string; version: string }[] = [];
    for (;;) {
      const [, path, version] = foundIn.exec(lines[from + taken]?.text ?? '') ?? [];
      if (path === undefined || version === undefined) break;
      places.push({ path, version });
      taken += 1;
    }
    symbols.push({ symbol, foundIn: places });
  }
  return { symbols, taken };
}
