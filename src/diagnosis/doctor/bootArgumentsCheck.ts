import type { ExaminedTarget, TargetAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { knownSystem } from './knownSystem.ts';
import { unknownFinding } from './unknownFinding.ts';

const wanted = 'keepsyms=1';

/** The kernel keeps its kexts' symbols, so that a panic names functions. */
export function keepsymsCheck({ simulated }: ExaminedTarget, answers: TargetAnswers): DoctorFinding {
  const { bootArguments, nextBootArguments } = answers;
  if (bootArguments.answer === undefined)
    return unknownFinding('keepsyms', bootArguments, 'whether panics name functions is not known');
  const evidence = [...bootArguments.said, ...nextBootArguments.said];
  const asked = `${bootArguments.command}; ${nextBootArguments.command}`;
  const about = { check: 'keepsyms', of: 'target', asked, evidence } as const;
  if (bootArguments.answer.includes(wanted))
    return { ...about, verdict: 'good', says: `${wanted} is set: a panic names functions.`, fix: undefined };
  if (simulated)
    return {
      ...about,
      verdict: 'good',
      says: 'The Simulated Mac needs no boot argument: its panics come with names.',
      fix: undefined,
    };
  if (nextBootArguments.answer?.includes(wanted) === true)
    return {
      ...about,
      verdict: 'warning',
      says: `${wanted} is set for the next start; the kernel that runs was started without it.`,
      fix: 'Restart that Mac. If it is still missing then, its boot policy or System Integrity Protection filters boot arguments.',
    };
  return {
    ...about,
    verdict: 'warning',
    says: `${wanted} is not set: a panic shows addresses without names.`,
    fix: howToSet(answers),
  };
}

/** What is set already stays. */
function howToSet({ nextBootArguments, startup }: TargetAnswers): string {
  const all = [...(nextBootArguments.answer ?? []), wanted].join(' ');
  const filtered =
    startup.answer?.filtersBootArguments === true
      ? ' Its boot policy filters boot arguments: they get through with Permissive Security only.'
      : '';
  return `Run \`sudo nvram boot-args="${all}"\` there, and restart.${filtered}`;
}

/** Boot arguments that are set and do not do what one expects; nothing where there are none. */
export function bootArgumentsCheck(answers: TargetAnswers): readonly DoctorFinding[] {
  const { bootArguments } = answers;
  const set = bootArguments.answer ?? [];
  const about = {
    check: 'boot arguments',
    of: 'target',
    asked: bootArguments.command,
    evidence: bootArguments.said,
  } as const;
  const findings: DoctorFinding[] = [];
  const devMode = knownSystem(answers)?.capabilities.kextDevMode;
  if (set.some(word => word.startsWith('kext-dev-mode=')) && devMode?.value === false)
    findings.push({
      ...about,
      verdict: 'warning',
      says: `kext-dev-mode is set and does nothing here. ${devMode.why}`,
      fix: 'Take it out of boot-args, and see what is said of SIP.',
    });
  const debug = set.find(word => /^debug=(?!0x0*$|0$)/.test(word));
  if (debug !== undefined)
    findings.push({
      ...about,
      verdict: 'warning',
      says: `${debug} is set: after a panic the Mac may wait for a debugger instead of restarting.`,
      fix: 'Take it out of boot-args, and restart, where no debugger is meant to attach.',
    });
  return findings;
}
