import type { DoctorFinding, Verdict } from '../diagnosis/doctor/doctorFinding.ts';
import type { DoctorReport } from '../operations/examineTarget.ts';
import { exitStatus } from './exitStatus.ts';

/** How a verdict is called. */
const verdictWords: Readonly<Record<Verdict, string>> = {
  problem: 'problem',
  warning: 'warning',
  unknown: 'not known',
  good: 'good',
};

/** What needs to be done stands first. */
export const verdicts = ['problem', 'warning', 'unknown', 'good'] as const;

/** What a doctor found as lines for a person: each check with its verdict, what was asked, and what to do. */
export function doctorText(report: DoctorReport): string {
  const width = Math.max(...report.findings.map(({ check }) => check.length));
  return [
    report.name,
    ...simulatedText(report),
    '',
    ...report.findings.flatMap(found => findingLines(found, width)),
    '',
    summaryOf(report),
  ].join('\n');
}

/** Of a Simulated Mac a sentence that says so; else nothing. */
export function simulatedText({ simulated }: DoctorReport): readonly string[] {
  return simulated ? ['Simulated: what stands here is said by no Mac.'] : [];
}

/** `1 problem, 2 warnings, 12 good` */
export function summaryOf({ findings }: DoctorReport): string {
  const counts = verdicts.map(
    verdict => [verdict, findings.filter(found => found.verdict === verdict).length] as const,
  );
  return counts
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${countedWord(verdict, count)}`)
    .join(', ');
}

/** The exit status: a problem fails it, a target that was not reached has a status of its own. */
export function doctorStatus({ reached, findings }: DoctorReport): number {
  if (!reached) return exitStatus.unreachable;
  return findings.some(({ verdict }) => verdict === 'problem') ? exitStatus.refused : exitStatus.done;
}

function countedWord(verdict: Verdict, count: number): string {
  const word = verdictWords[verdict];
  return count !== 1 && (verdict === 'problem' || verdict === 'warning') ? `${word}s` : word;
}

const verdictWidth = Math.max(...verdicts.map(verdict => verdictWords[verdict].length));

function findingLines({ check, of, verdict, says, asked, fix, evidence }: DoctorFinding, width: number): string[] {
  const indent = ' '.repeat(verdictWidth + width + 4);
  const place = of === 'this machine' ? 'This machine: ' : '';
  return [
    `${verdictWords[verdict].padEnd(verdictWidth)}  ${check.padEnd(width)}  ${place}${says}`,
    ...(asked === undefined ? [] : [`${indent}asked: ${asked}`]),
    ...(verdict === 'good' ? [] : evidence.map((line, at) => `${indent}${at === 0 ? 'found: ' : '       '}${line}`)),
    ...(fix === undefined ? [] : [`${indent}fix:   ${fix}`]),
  ];
}
