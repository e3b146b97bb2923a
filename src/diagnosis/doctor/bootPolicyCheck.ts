import { bootPolicyText, howToAllowKexts } from '../bootPolicyText.ts';
import type { TargetAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { knownSystem } from './knownSystem.ts';
import { unjudgedFinding, unknownFinding } from './unknownFinding.ts';

/** Whether Apple silicon was told to let kexts in; on Intel nobody is asked. */
export function bootPolicyCheck(answers: TargetAnswers): DoctorFinding {
  const { startup, kernel } = answers;
  const system = knownSystem(answers);
  if (system === undefined) return unjudgedFinding('boot policy', startup);
  const { reducedSecurityNeeded, bootPolicyAllowsKexts } = system.capabilities;
  const about = { check: 'boot policy', of: 'target' } as const;
  if (kernel.answer?.architecture === undefined && !reducedSecurityNeeded.certain)
    return unjudgedFinding('boot policy', kernel);
  if (!reducedSecurityNeeded.value)
    return {
      ...about,
      asked: kernel.command,
      verdict: 'good',
      says: 'There is no boot policy that kexts would have to pass.',
      fix: undefined,
      evidence: [reducedSecurityNeeded.why],
    };
  const { answer } = startup;
  if (answer === undefined)
    return {
      ...unknownFinding('boot policy', startup, 'whether the boot policy lets kexts in is not known'),
      fix: 'Look under Hardware, Controller in System Information, or run `sudo bputil -d` there.',
    };
  const told = bootPolicyText(answer);
  const found = { ...about, asked: startup.command, evidence: startup.said };
  if (bootPolicyAllowsKexts.value)
    return { ...found, verdict: 'good', says: `The boot policy lets kexts in: ${told}.`, fix: undefined };
  return { ...found, verdict: 'problem', says: `The boot policy keeps kexts out: ${told}.`, fix: howToAllowKexts };
}
