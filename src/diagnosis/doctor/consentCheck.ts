import type { ExaminedTarget, TargetAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { knownSystem } from './knownSystem.ts';
import { unjudgedFinding, unknownFinding } from './unknownFinding.ts';

/** Whether the owner has to let a kext in, and where. */
export function consentCheck({ id, called }: ExaminedTarget, answers: TargetAnswers): DoctorFinding {
  const { consent, version, protection } = answers;
  const system = knownSystem(answers);
  if (system === undefined) return unjudgedFinding('kext consent', consent);
  const { loadNeedsApproval, fromCollection, approvedIn } = system.capabilities;
  const about = { check: 'kext consent', of: 'target' } as const;
  if (!loadNeedsApproval.value)
    return {
      ...about,
      asked: `${version.command}; ${protection.command}`,
      verdict: 'good',
      says: 'Nobody is asked before a kext loads.',
      fix: undefined,
      evidence: [loadNeedsApproval.why],
    };
  // A collection takes no kext without consent, whatever spctl says.
  if (!fromCollection.value && consent.answer === false)
    return {
      ...about,
      asked: consent.command,
      verdict: 'good',
      says: 'Consent is turned off: nobody is asked before a kext loads.',
      fix: undefined,
      evidence: consent.said,
    };
  if (!fromCollection.value && consent.answer === undefined)
    return unknownFinding('kext consent', consent, 'whether the owner is asked before a kext loads is not known');
  const far = id.startsWith('ssh:');
  return {
    ...about,
    asked: fromCollection.value ? version.command : consent.command,
    verdict: far ? 'warning' : 'good',
    says: `A build that is loaded for the first time waits for consent in ${approvedIn.value}.`,
    fix: far ? `Consent is given on the screen of ${called}: sit there, or share its screen.` : undefined,
    evidence: [loadNeedsApproval.why, approvedIn.why],
  };
}
