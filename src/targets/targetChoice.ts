import { join } from 'node:path';
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
import { type SshHost, sshHostNamed, sshStateFolder } from './sshHost.ts';
import { SshTarget } from './sshTarget.ts';
import { openThisMac, thisMacName } from './thisMac.ts';

/** The Mac that this program runs on. */
export interface ThisMac {
  readonly thisMac: true;
}

/** A target that is not open yet. */
export type TargetChoice = ThisMac | SshHost | SimulatedMacChoice;

/** Commands that change nothing on a target. */
const reading: ReadonlySet<string> = new Set(['status', 'record']);

/** What the words of a command line choose; `problem`: why that is no target, or none for this command. */
export function chooseTarget(
  targetId: string | undefined,
  command: string,
  platform: NodeJS.Platform = process.platform,
): TargetChoice | { readonly problem: string } {
  const chosen = targetNamed(targetId, platform);
  if ('problem' in chosen || 'scenario' in chosen || reading.has(command)) return chosen;
  const name = 'host' in chosen ? chosen.host : thisMacName;
  return { problem: `${name} is only read so far: status and record work there, ${command} needs --target simulated` };
}

function targetNamed(
  targetId: string | undefined,
  platform: NodeJS.Platform,
): TargetChoice | { readonly problem: string } {
  if (targetId !== 'local')
    return (
      sshHostNamed(targetId ?? '') ?? simulatedMacNamed(targetId ?? '') ?? { problem: unknownTargetText(targetId) }
    );
  if (platform === 'darwin') return { thisMac: true };
  return { problem: `--target local is the Mac that you sit at, and this machine is none (${platform})` };
}

/** Whether the id is one of a target that is read and nothing else. */
export function isOnlyRead(targetId = ''): boolean {
  return targetId === 'local' || targetId.startsWith('ssh:');
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
  log: (text: string) => void = () => undefined,
): { readonly target: Target; readonly state: string; readonly writes: readonly string[] } {
  if ('thisMac' in choice) {
    const state = join(home, 'local');
    return { target: openThisMac({ host, state, log }), state, writes: [] };
  }
  if ('host' in choice) {
    const state = sshStateFolder(home, choice.host);
    return { target: new SshTarget({ ...choice, state, environment, processes: host, log }), state, writes: [] };
  }
  const { scenario } = choice;
  const [state, cache] = [scenarioStateFolder(home, scenario), cacheFolder(environment)];
  return { target: openSimulatedMac({ sources, cache, state, scenario }, host, log), state, writes: [state, cache] };
}
