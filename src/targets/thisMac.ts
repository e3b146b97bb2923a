import { setTimeout } from 'node:timers/promises';
import { Connection } from '../tools/connection.ts';
import { endingsOf, type Runner } from '../tools/runner.ts';
import type { Target } from '../tools/target.ts';
import { TargetLost, ToolNotStarted } from '../tools/toolErrors.ts';

/** As the user sees it. */
export const thisMacName = 'This Mac';

/** The Mac that this program runs on, to be read and nothing else: what needs root or copies is refused. */
export function openThisMac(host: Runner): Target {
  const readOnly: Runner = {
    run: async (command, signal, heard) => {
      if (command.asRoot) throw new ToolNotStarted(command.tool, 'this Mac is only read', false);
      return host.run({ folder: '/', ...command }, signal, heard);
    },
    runTogether: (commands, signal) => endingsOf(commands.map(command => readOnly.run(command, signal))),
  };
  const connection = new Connection();
  return {
    id: 'local',
    name: thisMacName,
    called: 'this Mac',
    simulated: false,
    installFolder: '/private/tmp/kext-dev',
    runner: readOnly,
    connection: async () => connection,
    buildEnvironment: async () => ({}),
    copyBundle: async () => Promise.reject(new TargetLost('This Mac is only read.')),
    takePanic: async () => Promise.reject(new TargetLost('This Mac is only read.')),
    exclusively: (_kext, _signal, work) => work(),
    pause: async (ms, signal) => setTimeout(ms, undefined, { signal }),
  };
}
