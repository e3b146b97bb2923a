import { resolve } from 'node:path';
import type { Target } from '../tools/port/target.ts';
import { cacheFolder, type FolderEnvironment, macStateFolder, simulatedStateFolder } from './folders.ts';
import { LoggingRunner } from './loggingRunner.ts';
import { openSimulatedMac } from './openSimulatedMac.ts';
import type { ProcessRunner } from './processRunner.ts';
import { scenarioStateFolder } from './simulatedScenarios.ts';
import { SshTarget } from './sshTarget.ts';
import { firstTarget, type TargetChoice, targetIdOf, targetNamed, targetNameOf } from './targetNamed.ts';
import { openThisMac } from './thisMac.ts';

/** What one does by hand with any other Mac. */
const switches: ReadonlySet<string> = new Set([
  ...['exercise', 'approve', 'restart', 'reset'],
  ...['quit', 'plug', 'unplug', 'panic'],
]);

/** Of what somebody has typed, in characters. */
const longestShown = 60;

/** What the words of a command line choose; `problem`: why that is no target, or none for this command. */
export function chooseTarget(
  targetId: string | undefined,
  command: string,
  platform: NodeJS.Platform = process.platform,
): TargetChoice | { readonly problem: string } {
  if (targetId === undefined) return { problem: 'which target? --target simulated, ssh:HOST or local' };
  const chosen = targetNamed(targetId, platform);
  if ('problem' in chosen) {
    // What is wrong with a host is told with the host.
    const named = targetId.startsWith('ssh:') ? '' : `--target ${JSON.stringify(targetId.slice(0, longestShown))}: `;
    return { problem: `${named}${chosen.problem}` };
  }
  if ('scenario' in chosen || !switches.has(command)) return chosen;
  const name = targetNameOf(chosen);
  return { problem: `${command} is a switch of the Simulated Mac, and ${name} is none: --target simulated` };
}

/** Whether the id is that of a Mac, which can be read without a project. */
export function isMac(targetId = ''): boolean {
  return targetId === 'local' || targetId.startsWith('ssh:');
}

/**
 * The folder with what is remembered of a target on this machine: a Simulated Mac's is that of the project whose home folder is
 * told, any other Mac has one for all. The environment may name another place.
 */
export function targetStateFolder(choice: TargetChoice, home: string, environment: FolderEnvironment): string {
  if (!('scenario' in choice)) return resolve(macStateFolder(targetIdOf(choice), environment));
  return resolve(scenarioStateFolder(simulatedStateFolder(home, environment), choice.scenario));
}

/** Where a target's parts are on this machine. */
export interface TargetPlaces {
  /** As targetStateFolder has it. */
  readonly state: string;
  /** The Simulated Mac's, as they ship. */
  readonly sources: string;
  readonly environment: FolderEnvironment;
}

/** A target, and the folders in which it keeps files. */
export interface OpenedTarget {
  readonly target: Target;
  readonly writes: readonly string[];
}

/** What gets every call of the target's tools, and every process of this machine that a Simulated Mac is made of. */
export interface TargetLogs {
  readonly calls: (text: string) => void;
  readonly processes?: (text: string) => void;
}

const nothing = () => undefined;

/** Opens the target. Nothing of it runs before it is asked for something. */
export function openTarget(
  choice: TargetChoice,
  { state, sources, environment }: TargetPlaces,
  host: ProcessRunner,
  { calls, processes = nothing }: TargetLogs = { calls: nothing },
): OpenedTarget {
  if ('thisMac' in choice) return { target: openThisMac({ host, state, log: calls }), writes: [state] };
  if ('host' in choice) {
    const local = firstTarget();
    const thisMac = local && resolve(macStateFolder(local, environment));
    const parts = { ...choice, state, thisMac, environment, processes: host, log: calls };
    return { target: new SshTarget(parts), writes: [state] };
  }
  const { scenario } = choice;
  const cache = cacheFolder(environment);
  const kernel = new LoggingRunner(host, '', processes);
  return { target: openSimulatedMac({ sources, cache, state, scenario }, kernel, calls), writes: [state, cache] };
}
