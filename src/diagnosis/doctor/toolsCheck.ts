import type { Capabilities } from '../../model/capabilityTable.ts';
import type { TargetAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { type KnownSystem, knownSystem } from './knownSystem.ts';
import { unjudgedFinding, unknownFinding } from './unknownFinding.ts';

/** Every tool that this system's kexts are worked on with is on the PATH. */
export function toolsCheck(answers: TargetAnswers): DoctorFinding {
  const { programs } = answers;
  if (programs.answer === undefined)
    return unknownFinding('tools', programs, 'whether the kext tools are there is not known');
  const system = knownSystem(answers);
  if (system === undefined) return unjudgedFinding('tools', programs);
  const found = programs.answer;
  const needed = neededTools(system);
  const missing = needed.filter(name => !found.has(name));
  const about = { check: 'tools', of: 'target', asked: programs.command, evidence: programs.said } as const;
  if (missing.length === 0)
    return { ...about, verdict: 'good', says: `All are there: ${needed.join(', ')}.`, fix: undefined };
  return {
    ...about,
    verdict: 'problem',
    says: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    fix: 'They are part of macOS: put /usr/sbin, /sbin, /usr/bin and /bin on the PATH of that user’s shell, or install macOS again where they are gone.',
  };
}

/** By what answers which question on this system; before macOS 10.12 there is no log(1). */
function neededTools({ capabilities }: KnownSystem): readonly string[] {
  const asked = [capabilities.listTool, capabilities.explainTool].map(({ value }) => value.split(' ')[0] ?? value);
  const own = usesKmutil(capabilities) ? ['kmutil'] : ['kextload', 'kextunload'];
  const log = capabilities.kernelLog.value.startsWith('log ') ? ['log'] : [];
  return [...new Set([...asked, ...own, 'ioclasscount', 'ioreg', ...log, 'ps', 'sw_vers', 'sysctl'])];
}

function usesKmutil({ listTool }: Capabilities): boolean {
  return listTool.value.startsWith('kmutil');
}
