import { beginningWith } from './beginningWith.ts';
import type { ExaminedProject, ExaminedTarget, TargetAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { knownSystem } from './knownSystem.ts';
import { unjudgedFinding } from './unknownFinding.ts';

/** The project's newest build has code for the target. */
export function architectureCheck(
  target: ExaminedTarget,
  answers: TargetAnswers,
  { architectures }: ExaminedProject,
): DoctorFinding {
  const { kernel } = answers;
  const wanted = knownSystem(answers)?.capabilities.kextArchitecture;
  if (wanted === undefined || !wanted.certain) return unjudgedFinding('architecture', kernel);
  const about = { check: 'architecture', of: 'target', asked: kernel.command } as const;
  if (architectures === undefined)
    return {
      ...about,
      verdict: 'unknown',
      says: `${beginningWith(target)} wants code for ${wanted.value}; the project was not built yet.`,
      fix: 'Build the kext, and look again.',
      evidence: [],
      step: 'build',
    };
  const has = architectures.join(', ') || 'none';
  const evidence = [wanted.why, `The newest build: ${has}`];
  if (architectures.includes(wanted.value))
    return {
      ...about,
      verdict: 'good',
      says: `The newest build has code for ${wanted.value}.`,
      fix: undefined,
      evidence,
    };
  return {
    ...about,
    verdict: 'problem',
    says: `${beginningWith(target)} wants code for ${wanted.value}, and the newest build has it for ${has} only.`,
    fix: `Build for it: add -arch ${wanted.value} to the compiler’s and the linker’s options, in Xcode to ARCHS.`,
    evidence,
    step: 'build',
  };
}
