/**
 * kextlibs(8) and kmutil libraries, which name the libraries that a kext links against and the symbols that none of them has.
 * The headings and the symbols are on standard error, the libraries on standard output. Accepted:
 *   For all architectures:                                              (one for each where they differ: `For x86_64:`)
 *       com.apple.kpi.bsd = 17.6                                        (10.5: no heading, no indent)
 *       No libraries found.
 *       2 symbols not found in any library kext:                        (with a full stop where they are not listed)
 *   <TAB>_sample_get_map
 *   Pump.kext is a library without an executable; defining its OSBundleLibraries (if any) is up to you.
 *   Can't open CFBundle for /tmp/Pump.kext.                             (whatever the kext library says: kextutil.ts; usage.ts)
 *   <key>OSBundleLibraries_x86_64</key>                                 (`-xml`: kextlibsXml.ts; symbols: kextlibsSymbols.ts)
 */
import { type KextlibsSymbols, takeKextlibsSymbols } from './kext/kextlibsSymbols.ts';
import { type KextlibsFragment, takeKextlibsFragment } from './kext/kextlibsXml.ts';
import { isLoadNotice, type LoadToolLine, readLoadToolLine } from './kext/loadText.ts';
import { type KmutilError, takeKmutilError } from './kmutil/kmutilErrors.ts';
import { kextlibsTemplates } from './messages/kextlibsTemplates.ts';
import { type Line, parseBlocks, type Taken } from './text/lines.ts';
import { lineReader, type Said } from './text/lineTemplates.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';
import { takeUsage, type Usage } from './text/usage.ts';

/** A library that the kext needs, at the version that is there, or the one that it is compatible with from on. */
export interface NeededLibrary extends Line {
  readonly kind: 'library';
  readonly library: string;
  readonly version: string;
}

/** Anything that kextlibs says. `of`: the architecture of the heading before it; undefined where none or all are meant. */
export type KextlibsLine = (
  | NeededLibrary
  | KextlibsSymbols
  | KextlibsFragment
  | KmutilError
  | Usage
  | LoadToolLine
  | (Said<typeof kextlibsTemplates> & Line)
) & { readonly of?: string };

const readWords = lineReader(kextlibsTemplates);
const library = /^\s*([^\s=<>"]+) = ([^\s<>"]+)\s*$/;

/** What kextlibs wrote on either of its streams, or on both. */
export function parseKextlibs(text: string): ParsedText<KextlibsLine> {
  // kextlibs' own words on a file that it cannot open fit whatever the library cannot.
  const take = (lines: readonly Line[], at: number) => takeLibraryLine(lines[at]) ?? takeKextlibsLine(lines, at);
  return withArchitectures(parseBlocks(text, take, line => isNoise(line) || isLoadNotice(line)));
}

/** What the kext library says of a bundle or of the folders for extensions. */
function takeLibraryLine(line: Line | undefined): Taken<KextlibsLine> | undefined {
  const said = line && readLoadToolLine(line.text.replace(/^kextlibs: /, ''));
  return line && said && { records: [{ ...said, ...line, by: 'tool' }], taken: 1 };
}

/** What starts at `lines[at]`. */
export function takeKextlibsLine(lines: readonly Line[], at: number): Taken<KextlibsLine> | undefined {
  const line = lines[at];
  if (line === undefined) return undefined;
  const kmutil = takeKmutilError(lines, at);
  if (kmutil) return { records: [kmutil.error], taken: kmutil.taken };
  const block = takeKextlibsFragment(lines, at) ?? takeKextlibsSymbols(lines, at) ?? takeUsage(lines, at);
  if (block) return { records: [block.block], taken: block.taken };
  const [, name, version] = library.exec(line.text) ?? [];
  if (name !== undefined && version !== undefined)
    return { records: [{ kind: 'library', library: name, version, ...line }], taken: 1 };
  const words = readWords(line.text);
  return words && { records: [{ ...words, ...line }], taken: 1 };
}

function withArchitectures(said: ParsedText<KextlibsLine>): ParsedText<KextlibsLine> {
  let of: string | undefined;
  const records = said.records.map(record => {
    if (record.kind === 'allArchitectures') of = undefined;
    if (record.kind === 'architecture') of = record.architecture;
    return of === undefined || record.kind === 'architecture' ? record : { ...record, of };
  });
  return { ...said, records };
}
