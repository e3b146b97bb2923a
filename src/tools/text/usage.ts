/**
 * How a tool is called, which it prints where an option is wrong or was asked for. Accepted, over several lines:
 *   usage: kextload [options] [--] [kext] ...
 *   use kextload -help for an explanation of each option
 *   -bundle-id <bundle_id> (-b):
 *           load/use the kext whose CFBundleIdentifier is <bundle_id>
 *   usage: ioreg [-abfilrtxy] [-c class] [-d depth] …        (and `where options are:` with lines behind a tab)
 *   Usage: kmutil load [<options>]
 *     See 'kmutil load --help' for more information.
 *   OVERVIEW: Load one or more extensions based on the arguments provided.        (with USAGE:, OPTIONS:, SUBCOMMANDS:)
 */
import type { Line } from './lines.ts';

/** The whole text of it is in `text`. */
export interface Usage extends Line {
  readonly kind: 'usage';
  readonly by: 'tool';
}

// kextutil -help has some 90 lines.
const longest = 200;

const start = /^(?:usage: \S*\b(?:kext|kmutil|ioreg|ioclasscount)|usage: kmutil\b|OVERVIEW: )/i;

// Six blanks and more: what the kernel sets in has four.
const goesOn =
  /^(?: {6,}\S|\t| {0,4}(?:-{1,2}\S|-{2}:|See '|use \S+ -|<?kexts?>?(?: or directory)?: |where options are:|arguments and options|[A-Z]{2,20}(?: [A-Z]{2,20})?:))/i;

/** Below `OVERVIEW:` or `USAGE:` of kmutil whatever is set in belongs to it. */
const goesOnSetIn = /^(?: {2,}\S|\t|[A-Z]{2,20}(?: [A-Z]{2,20})?:)/;

/** The usage that starts at `lines[at]`, and how many lines it takes; undefined where none starts. */
export function takeUsage(
  lines: readonly Line[],
  at: number,
): { readonly block: Usage; readonly taken: number } | undefined {
  const [first] = lines.slice(at, at + 1);
  if (first === undefined || !start.test(first.text)) return undefined;
  const further = /^(?:OVERVIEW: |usage: kmutil)/i.test(first.text) ? goesOnSetIn : goesOn;
  let taken = 1;
  for (let next = lines[at + 1]; next !== undefined && taken < longest; next = lines[at + taken]) {
    if (!further.test(next.text)) break;
    taken += 1;
  }
  const text = lines.slice(at, at + taken).map(each => each.text);
  return { block: { kind: 'usage', by: 'tool', line: first.line, text: text.join('\n') }, taken };
}
