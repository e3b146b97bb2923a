import { setTimeout } from 'node:timers/promises';
import { Connection } from '../tools/connection.ts';
import { endingsOf, type Runner } from '../tools/runner.ts';
import type { Target } from '../tools/target.ts';
import { onlyRead } from './onlyRead.ts';

/** As the user sees it. */
export const thisMacName = 'This Mac';
const called = 'this Mac';

/** The Mac that this program runs on, to be read and nothing else: what needs root or copies is refused. */
export function openThisMac(host: Runner): Target {
  const readOnly: Runner = {
    run: async (command, signal, heard) => {
      if (command.asRoot) throw onlyRead(called, command.tool);
      return host.run({ folder: '/', ...command }, signal, heard);
    },
    runTogether: (commands, signal) => endingsOf(commands.map(command => readOnly.run(command, signal))),
  };
  const connection = new Connection();
  return {
    id: 'local',
    name: thisMacName,
    called,
    simulated: false,
    installFolder: '/private/tmp/kext-dev',
    runner: readOnly,
    connection: async () => connection,
    buildEnvironment: async () => ({}),
    copyBundle: async () => Promise.reject(onlyRead(called, 'ditto')),
    takePanic: async () => Promise.reject(onlyRead(called, 'the search for panic reports')),
    exclusively: (_kext, _signal, work) => work(),
    pause: async (ms, signal) => setTimeout(ms, undefined, { signal }),
  };
}
