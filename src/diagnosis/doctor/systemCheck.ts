import { macosName } from '../../model/capabilities.ts';
import type { TargetAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { unknownFinding } from './unknownFinding.ts';

/** Which macOS it is, of which build, on which machine. */
export function systemCheck({ version, kernel }: TargetAnswers): DoctorFinding {
  if (version.answer === undefined) return unknownFinding('macOS', version, 'which macOS runs there is not known');
  const architecture = kernel.answer?.architecture;
  const { build } = version.answer;
  const asked = `${version.command}; ${kernel.command}`;
  const evidence = [...version.said, ...kernel.said];
  const name = `${macosName({ version: version.answer.version, build })} (${version.answer.version}, ${build ?? 'no build'})`;
  const found = { check: 'macOS', of: 'target', asked, evidence } as const;
  if (architecture === undefined)
    return {
      ...found,
      verdict: 'unknown',
      says: `It runs ${name}; on which kind of processor was not said.`,
      fix: `${kernel.command} has to print hw.machine: look what it says there.`,
    };
  return { ...found, verdict: 'good', says: `It runs ${name} on ${architecture}.`, fix: undefined };
}
