import { setTimeout } from 'node:timers/promises';
import { withStateLock, worksUnderLock } from '../simulator/stateLock.ts';
import { Connection } from '../tools/port/connection.ts';
import { type Ending, endingsOf, type Runner, visiting } from '../tools/port/runner.ts';
import type { Target } from '../tools/port/target.ts';
import type { ToolCommand } from '../tools/port/toolCommand.ts';
import { operationFolder } from './folders.ts';
import { localShell } from './localShell.ts';
import { LoggingRunner } from './loggingRunner.ts';
import { Passwords } from './passwords.ts';
import { ScriptRunner } from './scriptRunner.ts';
import type { HeldProcesses } from './scriptShell.ts';
import { thisMacName } from './targetNamed.ts';

const called = 'this Mac';

/** What this machine is made of as a target. */
export interface ThisMacParts {
  readonly host: Runner & HeldProcesses;
  /** The folder with what is remembered of it. */
  readonly state: string;
  /** Gets every call of its tools. */
  readonly log: (text: string) => void;
}

/** The Mac that this program runs on. What needs root goes by sudo, in a shell of its own. */
export function openThisMac({ host, state, log }: ThisMacParts): Target {
  const passwords = new Passwords();
  const runner = new LoggingRunner(
    rootedRunner(host, new ScriptRunner(host, localShell(called), passwords)),
    thisMacName,
    log,
  );
  const connection = new Connection();
  return {
    id: 'local',
    name: thisMacName,
    called,
    simulated: false,
    runner,
    connection: async () => connection,
    buildEnvironment: async () => ({}),
    exclusively: (bundleIdentifier, signal, work, turn) =>
      withStateLock(operationFolder(state, bundleIdentifier), signal, work, turn),
    working: bundleIdentifier => worksUnderLock(operationFolder(state, bundleIdentifier)),
    withAnswers: (ask, work) => passwords.during(ask, work),
    pause: async (ms, signal) => setTimeout(ms, undefined, { signal }),
  };
}

/** Tools that only read are processes of their own, at the same time; where one needs root they all go by the script, in their order. */
function rootedRunner(host: Runner, script: Runner): Runner {
  const way = (commands: readonly ToolCommand<unknown>[]) =>
    commands.some(({ asRoot }) => asRoot) ? script : undefined;
  const read: Runner['run'] = (command, signal, heard) => host.run({ folder: '/', ...command }, signal, heard);
  return {
    run: (command, signal, heard, sent) => (way([command])?.run ?? read).call(script, command, signal, heard, sent),
    runTogether: async (commands, signal, sent): Promise<readonly Ending[]> =>
      way(commands)?.runTogether(commands, signal, sent) ?? endingsOf(commands.map(command => read(command, signal))),
    visit: work => visiting(script, there => work(rootedRunner(host, there))),
  };
}
