import type { Operation } from '../operations/operation.ts';
import type { ToldPhase } from '../operations/phases.ts';

/** The line that tells the start of a phase: the command, the kext and the target stand before it. */
export function progressText(
  command: string,
  { project, target }: Pick<Operation, 'project' | 'target'>,
  phase: ToldPhase,
  plan?: string,
  kext?: string,
): string {
  const begun = `${command} ${project.bundleIdentifier} on ${target.called}: ${phaseText(phase, kext)}`;
  return plan === undefined ? begun : `${begun}: ${plan}`;
}

/** A phase in a word; with the kext that is worked on, where that is not the one that was asked for. */
function phaseText(phase: ToldPhase, kext: string | undefined): string {
  return kext === undefined ? phase : `${phase} ${kext}`;
}
