import { TargetLost } from '../tools/port/toolErrors.ts';
import { localShellProgram } from '../tools/ssh/remoteScript.ts';
import { lastLine } from '../tools/ssh/sshMessages.ts';
import { type ScriptShell, untilEnded } from './scriptShell.ts';

/** A loaded machine takes its time, in ms. */
const reachMs = 40_000;

/** A shell of this machine, in a process group of its own: tools that need root get there by the way of any other machine's. */
export function localShell(called: string): ScriptShell {
  const why = (said: string) => (said === '' ? '' : ` (${lastLine(said)})`);
  return {
    called,
    reachMs,
    hasOwnGroup: false,
    command: async script => ({
      command: {
        ...localShellProgram,
        asRoot: false,
        timeoutMs: untilEnded,
        input: script,
        folder: '/',
        environment: { LC_ALL: 'C' },
        parse: () => undefined,
      },
    }),
    notBegun: said => new TargetLost(`A shell of ${called} did not begin${why(said)}.`),
    // Nothing is asked on the way to it.
    notAnswered: question => new TargetLost(`A shell of ${called} asks: ${lastLine(question)}`),
    silent: () => new TargetLost(`A shell of ${called} did not begin in ${reachMs / 1000} seconds.`),
    broke: (tool, said) =>
      new TargetLost(`A shell of ${called} ended${tool === undefined ? '' : ` while ${tool} ran`}${why(said)}.`),
  };
}
