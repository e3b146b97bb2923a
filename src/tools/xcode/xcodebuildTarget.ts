/** The target that a step or a message is of; undefined where xcodebuild did not say. */
export interface InTarget {
  readonly target: string | undefined;
  readonly project: string | undefined;
}

// Xcode 10 named the target alone.
const suffix = / \(in target '([^']{1,200})' from project '([^']{1,200})'\)$/;
const suffixOf10 = / \(in target: ([^)]{1,200})\)$/;
const banner = /^=== [A-Z]+ (?:AGGREGATE |LEGACY )?TARGET (.{1,200}) OF PROJECT (.{1,200}?)(?: WITH .{1,200})? ===$/;

/** The target that the line names at its end, or as the banner that older systems print above a target's steps. */
export function targetOf(line: string): InTarget {
  const text = line.trimEnd();
  if (!text.endsWith(')') && !text.endsWith('===')) return nowhere;
  const match = suffix.exec(text) ?? suffixOf10.exec(text) ?? banner.exec(text);
  return match ? { target: match[1], project: match[2] } : nowhere;
}

const nowhere: InTarget = { target: undefined, project: undefined };

/** The line without the target at its end. */
export function withoutTarget(line: string): string {
  return line.endsWith(')') ? line.replace(suffix, '').replace(suffixOf10, '') : line;
}
