/**
 * The diagnostics of kextutil(8) -t and kmutil print-diagnostics (IOKitUser, OSKext.c and printPList_new.c). Accepted, with
 * any indent, and without one where a copy lost it:
 *   Authentication Failures:
 *       File owner/permissions are incorrect (must be root:wheel, nonwritable by group/other):
 *           Info.plist                                                     (in 10.6 its whole path)
 *       Kext was not created from an URL and can't be authenticated        (no colon: a flag)
 *   Validation Failures:
 *       Info dictionary property value is of illegal type:
 *           OSBundleLibraries.com.apple.kpi.bsd - should be <string>
 *       Can't parse info dictionary XML: Close tag on line 12 does not match open tag array
 */
import { kextFindingIn } from '../messages/kextFindingTexts.ts';
import type { Line } from '../text/lines.ts';

/** One section of the diagnostics. */
export interface KextDiagnosticsSection extends Line {
  readonly kind: 'kextDiagnostics';
  readonly by: 'tool';
  readonly section: 'Validation' | 'Authentication' | 'Dependency Resolution' | 'Warnings' | 'Boot Level';
  /** The bundle, where `Diagnostics for …:` stands before; the same section may be printed once more without it. */
  readonly what: string | undefined;
  readonly findings: readonly KextFinding[];
}

/** One of OSKext.c's fixed texts, and what it is about. Without values it is a flag, or was cut off behind its colon. */
export interface KextFinding {
  readonly finding: string;
  readonly values: readonly KextFindingValue[];
}

/** A property path, file name, library identifier, personality or architecture, and what is said of it. */
export interface KextFindingValue {
  readonly value: string;
  /** `should be <string>`, `OSBundleRequired not set`. */
  readonly note: string | undefined;
}

interface Open {
  readonly finding: string;
  readonly values: KextFindingValue[];
  /** It ended in a colon, so that values follow. */
  readonly valuesFollow: boolean;
}

// A section names each file of a bundle at most.
const longest = 2000;
const title =
  /^\s*(?:(Validation|Authentication|Dependency Resolution) Failures|(Warnings)|(Boot Level) Restrictions):\s*$/;
const note = / - (should be (?:<|boolean).*|OSBundleRequired not set)$/;

/**
 * The section that starts at `lines[at]`, and how many lines it takes; undefined where none starts. `isOther` knows the lines
 * that are something else: where the indent is lost, only they and blank lines end a section.
 */
export function takeKextDiagnostics(
  lines: readonly Line[],
  at: number,
  isOther: (text: string) => boolean,
): { readonly block: KextDiagnosticsSection; readonly taken: number } | undefined {
  const first = lines[at];
  const name = first === undefined ? undefined : sectionOf(first.text);
  if (first === undefined || name === undefined) return undefined;
  const findings: Open[] = [];
  const own = [first];
  const firstIndent = indentOf(lines[at + 1]?.text ?? '');
  while (own.length < longest) {
    const line = lines[at + own.length];
    const last = own.at(-1)?.line ?? 0;
    if (line === undefined || sectionOf(line.text) !== undefined) break;
    const belongs =
      firstIndent > indentOf(first.text)
        ? takeIndented(findings, line.text, firstIndent)
        : line.line === last + 1 && !isOther(line.text) && takeFlat(findings, line.text);
    if (!belongs) break;
    own.push(line);
  }
  return { block: sectionFrom(own, name, findings), taken: own.length };
}

function sectionOf(text: string): KextDiagnosticsSection['section'] | undefined {
  const [, failures, warnings, bootLevel] = title.exec(text) ?? [];
  return (failures ?? warnings ?? bootLevel) as KextDiagnosticsSection['section'] | undefined;
}

function sectionFrom(
  own: readonly Line[],
  section: KextDiagnosticsSection['section'],
  findings: readonly Open[],
): KextDiagnosticsSection {
  return {
    kind: 'kextDiagnostics',
    by: 'tool',
    section,
    what: undefined,
    findings: findings.map(({ finding, values }) => ({ finding, values })),
    line: own[0]?.line ?? 0,
    text: own.map(({ text }) => text).join('\n'),
  };
}

/** A tab is worth four blanks. */
function indentOf(text: string): number {
  return (/^\s*/.exec(text)?.[0] ?? '').replaceAll('\t', '    ').length;
}

function takeIndented(findings: Open[], text: string, firstIndent: number): boolean {
  const indent = indentOf(text);
  if (indent < firstIndent) return false;
  if (indent === firstIndent) findings.push(findingFrom(text.trim()));
  else findings.at(-1)?.values.push(valueFrom(text.trim()));
  return true;
}

/** Where the indent is lost, only the finding's own words tell it from its values. */
function takeFlat(findings: Open[], text: string): boolean {
  const told = text.trim();
  if (kextFindingIn(told) !== undefined) {
    findings.push(findingFrom(told));
    return true;
  }
  const open = findings.at(-1);
  if (!open?.valuesFollow) return false;
  open.values.push(valueFrom(told));
  return true;
}

/** A value that is a string stands on the finding's own line. */
function findingFrom(text: string): Open {
  const valuesFollow = text.endsWith(':');
  const known = kextFindingIn(text);
  const inline = known === undefined ? -1 : text.indexOf(': ', known.length);
  if (inline < 0) return { finding: text.replace(/:$/, ''), values: [], valuesFollow };
  return { finding: text.slice(0, inline), values: [valueFrom(text.slice(inline + 2))], valuesFollow: false };
}

function valueFrom(text: string): KextFindingValue {
  const told = note.exec(text);
  return told === null ? { value: text, note: undefined } : { value: text.slice(0, told.index), note: told[1] };
}
