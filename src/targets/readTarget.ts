import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Target } from '../tools/target.ts';
import { simulatedStateFolder } from './folders.ts';
import { ProcessRunner } from './processRunner.ts';
import { chooseTarget, openTarget } from './targetChoice.ts';

/**
 * A target that is read and belongs to no project: `local`, `ssh:HOST`; `problem`: why there is none. Nothing runs before it is
 * asked for something. `state`: where what is remembered of it lies, else with that of the home folder; `log` gets every call.
 */
export function readTarget(
  targetId: string,
  {
    sources,
    state = simulatedStateFolder(homedir(), process.env),
  }: { readonly sources: string; readonly state?: string | undefined },
  log: (text: string) => void,
): Target | { readonly problem: string } {
  const choice = chooseTarget(targetId, 'record');
  if ('problem' in choice) return choice;
  const places = { home: resolve(state), sources, environment: process.env };
  return openTarget(choice, places, new ProcessRunner(), log).target;
}
