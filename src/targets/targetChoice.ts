import type { Target } from '../tools/target.ts';
import { cacheFolder, type FolderEnvironment } from './folders.ts';
import { openSimulatedMac } from './openSimulatedMac.ts';
import type { ProcessRunner } from './processRunner.ts';
import {
  type SimulatedMacChoice,
  scenarioStateFolder,
  simulatedMacNamed,
  unknownTargetText,
} from './simulatedScenarios.ts';
import { onlyReadText, type SshHost, sshHostNamed, sshStateFolder } from './sshHost.ts';
import { SshTarget } from './sshTarget.ts';

/** A target that is not open yet. */
export type TargetChoice = SshHost | SimulatedMacChoice;

/** What the words of a command line choose; `problem`: why that is no target, or none for this command. */
export function chooseTarget(
  targetId: string | undefined,
  command: string,
): TargetChoice | { readonly problem: string } {
  const ssh = sshHostNamed(targetId ?? '');
  if (ssh === undefined) return simulatedMacNamed(targetId ?? '') ?? { problem: unknownTargetText(targetId) };
  return 'problem' in ssh || command === 'status' ? ssh : { problem: onlyReadText(ssh.host, command) };
}

/** Where a target's parts are on this machine. */
export interface TargetPlaces {
  /** The folder with what is remembered for the project. */
  readonly home: string;
  /** The Simulated Mac's, as they ship. */
  readonly sources: string;
  readonly environment: FolderEnvironment;
}

/** Opens the target; `writes`: the folders in which it keeps files. Nothing of it runs before it is asked for something. */
export function openTarget(
  choice: TargetChoice,
  { home, sources, environment }: TargetPlaces,
  host: ProcessRunner,
): { readonly target: Target; readonly state: string; readonly writes: readonly string[] } {
  const log = () => undefined;
  if ('host' in choice) {
    const state = sshStateFolder(home, choice.host);
    return { target: new SshTarget({ ...choice, state, environment, processes: host, log }), state, writes: [] };
  }
  const { scenario } = choice;
  const [state, cache] = [scenarioStateFolder(home, scenario), cacheFolder(environment)];
  return { target: openSimulatedMac({ sources, cache, state, scenario }, host, log), state, writes: [state, cache] };
}
