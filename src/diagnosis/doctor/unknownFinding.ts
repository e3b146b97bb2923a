import type { Asked } from './asked.ts';
import type { CheckName, DoctorFinding } from './doctorFinding.ts';

/** Of a check whose question has no answer: the tool is missing, or its words are not known. `about`: what is not known so. */
export function unknownFinding(
  check: CheckName,
  { command, tool, missing, said }: Asked<unknown>,
  about: string,
  of: DoctorFinding['of'] = 'target',
): DoctorFinding {
  const why = missing ? `${tool} is missing` : `${tool} answered in words that are not known`;
  const fix = missing
    ? `Look whether ${tool} is on the PATH of a shell that nobody types into.`
    : 'Record Captures keeps what it said, so that it can be learned.';
  const step = missing ? {} : ({ step: 'recordCaptures' } as const);
  return { check, of, verdict: 'unknown', says: `${why}: ${about}.`, asked: command, fix, evidence: said, ...step };
}

/** Of a check that depends on a system which is not known. */
export function unjudgedFinding(check: CheckName, { command }: Asked<unknown>): DoctorFinding {
  const says = 'What is right here depends on the system, which is not known.';
  return { check, of: 'target', verdict: 'unknown', says, asked: command, fix: undefined, evidence: [] };
}
