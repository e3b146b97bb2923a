import { homedir } from 'node:os';
import type { Target } from '../tools/target.ts';
import { simulatedStateFolder } from './folders.ts';
import { ProcessRunner } from './processRunner.ts';
import { chooseTarget, openTarget } from './targetChoice.ts';

/**
 * A target that is read and belongs to no project: `local`, `ssh:HOST`; `problem`: why there is none. Nothing runs before it is
 * asked for something. `sources`: the Simulated Mac's; `log` gets every call.
 */
export function readTarget(
  targetId: string,
  sources: string,
  log: (text: string) => void,
): Target | { readonly problem: string } {
  const choice = chooseTarget(targetId, 'record');
  if ('problem' in choice) return choice;
  const home = simulatedStateFolder(homedir(), process.env);
  return openTarget(choice, { home, sources, environment: process.env }, new ProcessRunner(), log).target;
}
