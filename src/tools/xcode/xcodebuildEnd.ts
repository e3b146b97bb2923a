import type { Line } from '../text/lines.ts';
import { type InTarget, targetOf, withoutTarget } from './xcodebuildTarget.ts';

/** How the whole build ended: `** BUILD FAILED **`. */
export interface XcodebuildResult {
  readonly kind: 'result';
  /** `build`, `clean`, `install`. */
  readonly action: string;
  readonly outcome: 'succeeded' | 'failed' | 'interrupted';
  readonly text: string;
}

/** The list of the steps that failed, which a failed build ends with. */
export interface FailedCommands {
  readonly kind: 'failedCommands';
  readonly commands: readonly FailedCommand[];
  /** What `(2 failures)` says; undefined where the line is not there. */
  readonly failures: number | undefined;
}

/** A step of that list. */
export interface FailedCommand extends InTarget {
  /** `CompileC`, `Ld`. */
  readonly name: string;
  /** The whole step without its target: what it makes, what of. */
  readonly text: string;
}

const result = /^\*\* ([A-Z][A-Z ]*) (SUCCEEDED|FAILED|INTERRUPTED) \*\*(?: \[.+\])?$/;
const title = /^The following (?:build )?commands (?:failed|produced .+):$/;
const count = /^\((\d+) (?:failures?|commands? with .+)\)$/;

/** The record at `lines[at]` and how many lines it takes; undefined where none starts. */
export function takeXcodebuildEnd(
  lines: readonly Line[],
  at: number,
): { readonly record: XcodebuildResult | FailedCommands; readonly taken: number } | undefined {
  const text = lines[at]?.text.trim() ?? '';
  const ended = result.exec(text);
  if (ended) {
    const [, action = '', outcome = ''] = ended;
    const how = outcome.toLowerCase() as XcodebuildResult['outcome'];
    return { record: { kind: 'result', action: action.toLowerCase(), outcome: how, text }, taken: 1 };
  }
  return title.test(text) ? takeFailed(lines, at) : undefined;
}

function takeFailed(lines: readonly Line[], at: number) {
  const commands: FailedCommand[] = [];
  let next = at + 1;
  // Copies lose the tab.
  for (; /^\s+\S|^[A-Z][\w.+]* [/\w]/.test(lines[next]?.text ?? ''); next += 1) {
    const whole = lines[next]?.text.trim() ?? '';
    if (count.test(whole)) break;
    const text = withoutTarget(whole);
    commands.push({ name: /^\S+/.exec(text)?.[0] ?? '', text, ...targetOf(whole) });
  }
  const told = count.exec(lines[next]?.text.trim() ?? '')?.[1];
  const failures = told === undefined ? undefined : Number(told);
  const record = { kind: 'failedCommands' as const, commands, failures };
  return { record, taken: next - at + (told === undefined ? 0 : 1) };
}
