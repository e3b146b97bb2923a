import { type SimulatedMacChoice, simulatedMacChoices, simulatedMacNamed } from './simulatedScenarios.ts';
import { type SshHost, sshHostNamed } from './sshHost.ts';

/** The Mac that this program runs on. */
export interface ThisMac {
  readonly thisMac: true;
}

/** A target that is not open yet. */
export type TargetChoice = ThisMac | SshHost | SimulatedMacChoice;

/** As the user sees the Mac that this program runs on. */
export const thisMacName = 'This Mac';

/** The target of that id; `problem`: why there is none, to stand behind whoever named it. */
export function targetNamed(
  targetId: string,
  platform: NodeJS.Platform = process.platform,
): TargetChoice | { readonly problem: string } {
  if (targetId === 'local') {
    if (platform === 'darwin') return { thisMac: true };
    return { problem: `that is the Mac that you sit at, and this machine is none (${platform})` };
  }
  return sshHostNamed(targetId) ?? simulatedMacNamed(targetId) ?? { problem: noSuchTarget(platform) };
}

/** `local`, `ssh:mini`, `simulated:macos-13` */
export function targetIdOf(choice: TargetChoice): string {
  if ('thisMac' in choice) return 'local';
  return 'host' in choice ? `ssh:${choice.host}` : choice.id;
}

/** As the user sees it. */
export function targetNameOf(choice: TargetChoice): string {
  if ('thisMac' in choice) return thisMacName;
  return 'host' in choice ? choice.host : choice.name;
}

/** The target that a project starts with where nobody has chosen: This Mac on a Mac, elsewhere none. */
export function firstTarget(platform: NodeJS.Platform = process.platform): string | undefined {
  return platform === 'darwin' ? 'local' : undefined;
}

function noSuchTarget(platform: NodeJS.Platform): string {
  const ids = [...(platform === 'darwin' ? ['local'] : []), 'ssh:HOST', ...simulatedMacChoices().map(({ id }) => id)];
  return `there is no such target; there are: ${ids.join(', ')}`;
}
