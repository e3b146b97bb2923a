import { kitsFolder } from '../../tools/kernelDebugKits.ts';
import type { ExaminedTarget, HostAnswers, TargetAnswers } from './doctorFacts.ts';
import type { DoctorFinding } from './doctorFinding.ts';
import { unknownFinding } from './unknownFinding.ts';

/** A Kernel Debug Kit of the target's very build is at hand, there or on this machine. */
export function debugKitCheck(
  { id, called, simulated }: ExaminedTarget,
  { kits, version }: TargetAnswers,
  host: Pick<HostAnswers, 'kits'>,
): DoctorFinding {
  const asked = kits.command;
  if (simulated)
    return {
      check: 'KDK',
      of: 'target',
      asked,
      verdict: 'good',
      says: 'The Simulated Mac has none and needs none: its panics come with names.',
      fix: undefined,
      evidence: kits.said,
    };
  const build = version.answer?.build;
  const there = [`on ${called}`, kits] as const;
  const places = id === 'local' ? [there] : [there, ['on this machine', host.kits] as const];
  const evidence = places.flatMap(([place, { answer = [] }]) => answer.map(({ name }) => `${place}: ${name}`));
  const about = { check: 'KDK', of: 'target', asked } as const;
  if (build === undefined) return unknownFinding('KDK', version, 'of which build a kit would have to be is not known');
  const match = places.find(([, { answer = [] }]) => answer.some(kit => kit.build === build));
  if (match !== undefined)
    return {
      ...about,
      verdict: 'good',
      says: `The Kernel Debug Kit of build ${build} is ${match[0]}.`,
      fix: undefined,
      evidence,
    };
  if (kits.answer === undefined && host.kits.answer === undefined)
    return unknownFinding('KDK', kits, 'which Kernel Debug Kits are installed is not known');
  return {
    ...about,
    verdict: 'warning',
    says: `No Kernel Debug Kit of build ${build} is there: panics cannot be given the kernel’s names, and kmutil builds no collection with a kernel of its own.`,
    fix: `Download "Kernel Debug Kit" of build ${build} from developer.apple.com/download/all, and install it ${places.map(([place]) => place).join(' or ')}.`,
    evidence: evidence.length > 0 ? evidence : [`${kitsFolder}: none`],
  };
}
