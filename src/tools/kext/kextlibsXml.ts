/**
 * What kextlibs(8) -xml prints: a piece of an Info.plist, without a document around it. Accepted:
 *   <TAB><key>OSBundleLibraries_x86_64</key>           (or OSBundleLibraries, where it is the same for each architecture)
 *   <TAB><dict>
 *   <TAB><TAB><key>com.apple.kpi.libkern</key>
 *   <TAB><TAB><string>17.5</string>
 *   <TAB></dict>
 */
import type { Line } from '../text/lines.ts';

/** A piece of an Info.plist that names the libraries, ready to be pasted. */
export interface KextlibsFragment extends Line {
  readonly kind: 'fragment';
  /** `OSBundleLibraries`, or with the architecture behind a `_`. */
  readonly property: string;
  /** Identifier to version. */
  readonly libraries: ReadonlyMap<string, string>;
}

const property = /^\s*<key>(OSBundleLibraries(?:_\w+)?)<\/key>\s*$/;
const key = /^\s*<key>([^<>]*)<\/key>\s*$/;
const version = /^\s*<string>([^<>]*)<\/string>\s*$/;

/** The piece that starts at `lines[at]`, and how many lines it takes; undefined where none starts. */
export function takeKextlibsFragment(
  lines: readonly Line[],
  at: number,
): { readonly block: KextlibsFragment; readonly taken: number } | undefined {
  const textAt = (index: number) => lines[at + index]?.text ?? '';
  const name = property.exec(textAt(0))?.[1];
  if (name === undefined || textAt(1).trim() !== '<dict>') return undefined;
  const libraries = new Map<string, string>();
  let taken = 2;
  for (;;) {
    const library = key.exec(textAt(taken))?.[1];
    const told = version.exec(textAt(taken + 1))?.[1];
    if (library === undefined || told === undefined) break;
    libraries.set(library, told);
    taken += 2;
  }
  if (textAt(taken).trim() === '</dict>') taken += 1;
  const own = lines.slice(at, at + taken);
  const text = own.map(line => line.text).join('\n');
  const block: KextlibsFragment = { kind: 'fragment', property: name, libraries, line: own[0]?.line ?? 0, text };
  return { block, taken };
}
