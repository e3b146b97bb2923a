import { localShellArgv } from '../tools/remoteScript.ts';
import { lastLine } from '../tools/sshMessages.ts';
import { TargetLost } from '../tools/toolErrors.ts';
import type { ScriptShell } from './scriptRunner.ts';
import { dayMs } from './sshShell.ts';

/** A shell of this machine, in a process group of its own: tools that need root get there by the way of any other machine's. */
export function localShell(called: string): ScriptShell {
  const why = (said: string) => (said === '' ? '' : ` (${lastLine(said)})`);
  return {
    called,
    reachMs: 40_000,
    hasOwnGroup: false,
    command: async script => ({
      ...localShellArgv,
      asRoot: false,
      timeoutMs: dayMs,
      input: script,
      folder: '/',
      environment: { LC_ALL: 'C' },
      parse: () => undefined,
    }),
    notBegun: said => new TargetLost(`A shell of ${called} did not begin${why(said)}.`),
    silent: () => new TargetLost(`A shell of ${called} did not begin in 40 seconds.`),
    broke: (tool, said) =>
      new TargetLost(`A shell of ${called} ended${tool === undefined ? '' : ` while ${tool} ran`}${why(said)}.`),
  };
}
