import type { DoctorFinding, Verdict } from '../diagnosis/doctor/doctorFinding.ts';
import type { DoctorReport } from '../operations/examineTarget.ts';
import { simulatedText, summaryOf, verdicts } from './doctorText.ts';
import { escapedMarkdown } from './escapedMarkdown.ts';

const headings: Readonly<Record<Verdict, string>> = {
  problem: '✗ Problems',
  warning: '▲ Warnings',
  unknown: '? Not known',
  good: '✓ Good',
};

/** What a doctor found as a Markdown page: by verdict, each with what was asked; what is good in a line. */
export function doctorPage(report: DoctorReport): string {
  const { findings } = report;
  const parts = verdicts.flatMap(verdict => {
    const found = findings.filter(each => each.verdict === verdict);
    if (found.length === 0) return [];
    return [`## ${headings[verdict]}`, ...(verdict === 'good' ? [found.map(line).join('\n')] : found.map(section))];
  });
  const head = [`# Doctor: ${escaped(report.name)}`, ...simulatedText(report), `${summaryOf(report)}.`];
  return `${[...head, ...parts].join('\n\n')}\n`;
}

function line({ check, of, says, asked }: DoctorFinding): string {
  const place = of === 'this machine' ? ', on this machine' : '';
  return `- **${escaped(check)}**${place}: ${escaped(says)}${asked === undefined ? '' : ` Asked: ${askedText(asked)}`}`;
}

function section({ check, of, says, asked, fix, evidence }: DoctorFinding): string {
  const place = of === 'this machine' ? ', on this machine' : '';
  return [
    `### ${escaped(check)}${place}`,
    escaped(says),
    ...(fix === undefined ? [] : [`**Fix:** ${withCode(fix)}`]),
    ...(asked === undefined ? [] : [`Asked: ${askedText(asked)}`]),
    ...(evidence.length === 0 ? [] : [fenced(evidence.join('\n'))]),
  ].join('\n\n');
}

function askedText(asked: string): string {
  return asked.split('; ').map(codeSpan).join(', ');
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

/** On one line. */
function escaped(text: string): string {
  return escapedMarkdown(text).replaceAll(/\s*\n\s*/g, ' ');
}
