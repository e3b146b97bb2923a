import type { Operation } from '../operations/operation.ts';
import type { PhaseName } from '../operations/phases.ts';

/** The line that tells the start of a phase: the command, the kext and the target stand before it. */
export function progressText(
  command: string,
  { project, target }: Pick<Operation, 'project' | 'target'>,
  phase: PhaseName,
  plan?: string,
): string {
  const begun = `${command} ${project.bundleIdentifier} on ${target.called}: ${phase}`;
  return plan === undefined ? begun : `${begun}: ${plan}`;
}
