/**
 * The diagnostics of kextutil(8) -t (IOKitUser, OSKext.c and printPList_new.c). Accepted, with blank lines anywhere:
 *   Diagnostics for /private/tmp/Pump.kext:          (a line of its own, see kextloadTemplates.ts)
 *   Authentication Failures:
 *       File owner/permissions are incorrect (must be root:wheel, nonwritable by group/other):
 *           Info.plist
 *   Warnings:
 *       Kext is not signed
 */
import type { Line } from './lines.ts';

/** One section of the diagnostics. */
export interface KextDiagnosticsSection extends Line {
  readonly kind: 'kextDiagnostics';
  readonly by: 'tool';
  readonly section: 'Validation' | 'Authentication' | 'Dependency Resolution' | 'Warnings' | 'Boot Level';
  readonly findings: readonly KextFinding[];
}

/** One of OSKext.c's fixed texts, and what it is about: property paths, file names, library identifiers. */
export interface KextFinding {
  readonly finding: string;
  readonly values: readonly string[];
}

// A section names each file of a bundle at most.
const longest = 2000;
const title = /^(Validation|Authentication|Dependency Resolution|Warnings|Boot Level)(?: Failures| Restrictions)?: ?$/;

/** The section that starts at `lines[at]`, and how many lines it takes; undefined where none starts. */
export function takeKextDiagnostics(
  lines: readonly Line[],
  at: number,
): { readonly block: KextDiagnosticsSection; readonly taken: number } | undefined {
  const first = lines[at];
  const name = first === undefined ? undefined : title.exec(first.text)?.[1];
  if (first === undefined || name === undefined) return undefined;
  const own = [first.text];
  const findings: { finding: string; values: string[] }[] = [];
  for (const { text } of lines.slice(at + 1, at + longest)) {
    const indent = /^ {4,}(?=\S)/.exec(text)?.[0].length;
    if (indent === undefined || (indent >= 8 && findings.length === 0)) break;
    own.push(text);
    if (indent < 8) findings.push({ finding: text.trim().replace(/: ?$/, ''), values: [] });
    else findings.at(-1)?.values.push(text.trim());
  }
  const section = name as KextDiagnosticsSection['section'];
  const record = { kind: 'kextDiagnostics', by: 'tool', section, findings, line: first.line, text: own.join('\n') };
  return { block: record as KextDiagnosticsSection, taken: own.length };
}
