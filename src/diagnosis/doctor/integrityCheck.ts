import type { TargetAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { type KnownSystem, knownSystem } from './knownSystem.ts';
import { unjudgedFinding, unknownFinding } from './unknownFinding.ts';

/** System Integrity Protection, and with it whether a kext has to be signed. */
export function integrityCheck(answers: TargetAnswers): DoctorFinding {
  const { protection } = answers;
  const system = knownSystem(answers);
  if (system === undefined && protection.answer === undefined)
    return unknownFinding('SIP', protection, 'how far the Mac protects itself is not known');
  if (system === undefined) return unjudgedFinding('SIP', protection);
  const { signatureNeeded, kextDevMode } = system.capabilities;
  const about = { check: 'SIP', of: 'target', asked: protection.command, evidence: protection.said } as const;
  if (!signatureNeeded.value)
    return {
      ...about,
      verdict: 'good',
      says: `${signatureNeeded.why.replace(/\.$/, '')}: a kext needs none.`,
      fix: undefined,
    };
  if (kextDevMode.value) return withDevMode(system, answers);
  if (protection.answer === undefined)
    return unknownFinding('SIP', protection, 'how far the Mac protects itself is not known');
  if (protection.answer.kextSigning === undefined)
    return {
      ...about,
      verdict: 'unknown',
      says: 'csrutil does not say whether the signature of a kext is checked.',
      fix: 'In Recovery `csrutil enable --without kext` turns that check off, and `csrutil status` then says so.',
    };
  return {
    ...about,
    verdict: 'warning',
    says: 'System Integrity Protection is on: a kext has to be signed with a certificate that Apple allows for kexts.',
    fix: 'Sign it so, or on a test Mac start in Recovery and run `csrutil enable --without kext`.',
  };
}

/** Where the kernel can be told to let an invalid signature pass. */
function withDevMode({ capabilities }: KnownSystem, { bootArguments, protection }: TargetAnswers): DoctorFinding {
  const about = { check: 'SIP', of: 'target', evidence: [...protection.said, ...bootArguments.said] } as const;
  const asked = `${protection.command}; ${bootArguments.command}`;
  if (bootArguments.answer?.includes('kext-dev-mode=1') === true)
    return {
      ...about,
      asked,
      verdict: 'good',
      says: 'kext-dev-mode=1 is set: an invalid signature passes.',
      fix: undefined,
    };
  if (bootArguments.answer === undefined)
    return unknownFinding('SIP', bootArguments, 'whether an invalid signature passes is not known');
  return {
    ...about,
    asked,
    verdict: 'warning',
    says: 'A kext has to be signed with a certificate that Apple allows for kexts.',
    fix: `Sign it so, or on a test Mac run \`sudo nvram boot-args="kext-dev-mode=1"\` and restart. ${capabilities.kextDevMode.why}`,
  };
}
