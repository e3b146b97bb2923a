import { homedir } from 'node:os';
import type { Target } from '../tools/port/target.ts';
import type { FolderEnvironment } from './folders.ts';
import type { ProcessRunner } from './processRunner.ts';
import { chooseTarget, openTarget, targetStateFolder } from './targetChoice.ts';

/**
 * A target that is read and belongs to no project; `problem`: why there is none. Nothing runs before it is
 * asked for something. `log` gets every call.
 */
export function readTarget(
  targetId: string | undefined,
  {
    host,
    sources,
    environment,
  }: { readonly host: ProcessRunner; readonly sources: string; readonly environment: FolderEnvironment },
  log: (text: string) => void,
): Target | { readonly problem: string } {
  const choice = chooseTarget(targetId, 'record');
  if ('problem' in choice) return choice;
  const state = targetStateFolder(choice, homedir(), environment);
  return openTarget(choice, { state, sources, environment }, host, { calls: log }).target;
}
