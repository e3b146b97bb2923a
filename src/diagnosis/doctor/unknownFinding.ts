import type { Asked } from './asked.ts';
import type { CheckName, DoctorFinding } from './doctorFinding.ts';

/** Of a check whose question has no answer. `about`: what is not known so. */
export function unknownFinding(
  check: CheckName,
  { command, tool, failed = 'unknownText', said }: Asked<unknown>,
  about: string,
  of: DoctorFinding['of'] = 'target',
): DoctorFinding {
  const { why, fix } = reasons[failed];
  const step = failed === 'unknownText' && of === 'target' ? ({ step: 'recordCaptures' } as const) : {};
  const says = `${tool} ${why}: ${about}.`;
  return {
    check,
    of,
    verdict: 'unknown',
    says,
    asked: command,
    fix: fix.replace('TOOL', tool),
    evidence: said,
    ...step,
  };
}

const reasons = {
  missing: { why: 'is missing', fix: 'See that TOOL is on the PATH of a shell that nobody types into.' },
  notStarted: { why: 'did not run', fix: 'Mend what kept it from running, and look again.' },
  unknownText: {
    why: 'answered in words that are not known',
    fix: 'Look at what it said. Record Captures (`kext-dev record`) keeps it, so that it can be learned.',
  },
} as const;

/** Of a check that depends on a system which is not known. */
export function unjudgedFinding(check: CheckName, { command }: Asked<unknown>): DoctorFinding {
  const says = 'What is right here depends on the system, which is not known.';
  return { check, of: 'target', verdict: 'unknown', says, asked: command, fix: undefined, evidence: [] };
}
