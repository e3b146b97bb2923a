import type { DoctorFinding, Verdict } from '../diagnosis/doctor/doctorFinding.ts';
import type { DoctorReport } from '../operations/examineTarget.ts';
import { summaryOf, titleOf, verdicts, verdictWords } from './doctorText.ts';

const marks: Readonly<Record<Verdict, string>> = { problem: '✗', warning: '▲', unknown: '?', good: '✓' };

/** What a doctor found as a Markdown page: a table of all checks, and a section for each one that is not good. */
export function doctorPage(report: DoctorReport): string {
  const { findings } = report;
  const byVerdict = verdicts.flatMap(verdict => findings.filter(found => found.verdict === verdict));
  const sections = byVerdict.filter(({ verdict }) => verdict !== 'good');
  return `${[
    `# Doctor: ${escaped(titleOf(report))}`,
    `${summaryOf(report)}.`,
    table(byVerdict),
    ...sections.map(section),
    `## What was asked\n\n${findings.map(askedLine).join('\n')}`,
  ].join('\n\n')}\n`;
}

function table(findings: readonly DoctorFinding[]): string {
  const rows = findings.map(
    ({ verdict, check, says }) =>
      `| ${marks[verdict]} ${verdictWords[verdict]} | ${escaped(check)} | ${escaped(says)} |`,
  );
  return ['| | | |', '|:--|:--|:--|', ...rows].join('\n');
}

function section({ check, of, verdict, says, fix, evidence }: DoctorFinding): string {
  const place = of === 'this machine' ? ', on this machine' : '';
  return [
    `## ${marks[verdict]} ${escaped(check)}${place}`,
    escaped(says),
    ...(fix === undefined ? [] : [`**Fix:** ${withCode(fix)}`]),
    ...(evidence.length === 0 ? [] : [fenced(evidence.join('\n'))]),
  ].join('\n\n');
}

function askedLine({ check, asked }: DoctorFinding): string {
  return `- ${escaped(check)}: ${asked === undefined ? 'nothing' : asked.split('; ').map(codeSpan).join(', ')}`;
}

/** What stands between backticks in a sentence of ours is typed as it stands. */
function withCode(text: string): string {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? codeSpan(part) : escaped(part)))
    .join('');
}

function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const gap = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${gap}${text}${gap}${fence}`;
}

/** A block that no line of the text ends. */
function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(2, longestRun(text)) + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Signs that Markdown would take for its own: names come from elsewhere. */
function escaped(text: string): string {
  return text.replaceAll(/[\\*_<>[\]`#|~&]/g, '\\$&').replaceAll(/\s*\n\s*/g, ' ');
}
