import { type Runner, visiting } from '../../tools/port/runner.ts';
import type { Target } from '../../tools/port/target.ts';
import { commandLine, type ToolCommand } from '../../tools/port/toolCommand.ts';
import type { Operation } from '../operation.ts';

/**
 * The same operation, heard: `write` gets what every program says that it runs on this machine, and what every tool
 * says that changes the target, each behind its command line, piece by piece as it comes. Tools that only read a target
 * answer in megabytes, and what they found is told by the result. `writeOfTarget` gets what the target's tools say.
 */
export function heardOperation(
  operation: Operation,
  write: (text: string) => void,
  writeOfTarget: (text: string) => void = write,
): Operation {
  return {
    ...operation,
    host: heardRunner(operation.host, write, () => true),
    target: heardTarget(operation.target, writeOfTarget),
  };
}

function heardRunner(
  inner: Runner,
  write: (text: string) => void,
  isHeard: (command: ToolCommand<unknown>) => boolean,
): Runner {
  return {
    async run(command, signal, heard, sent) {
      if (!isHeard(command)) return inner.run(command, signal, heard, sent);
      let last = '';
      const hear = (text: string) => {
        last = text.at(-1) ?? last;
        write(text);
        heard?.(text);
      };
      write(`$ ${commandLine(command)}\n`);
      const output = await inner.run(command, signal, hear, sent);
      if (last === '') hear(output.stdout + output.stderr);
      if (last !== '' && last !== '\n') write('\n');
      return output;
    },
    async runTogether(commands, signal, sent) {
      const endings = await inner.runTogether(commands, signal, sent);
      for (const [at, ending] of endings.entries()) {
        const command = commands[at];
        if (command === undefined || !isHeard(command)) continue;
        const said = ending instanceof Error ? ending.message : ending.stdout + ending.stderr;
        write(`$ ${commandLine(command)}\n${said}${/^$|\n$/.test(said) ? '' : '\n'}`);
      }
      return endings;
    },
    visit: work => visiting(inner, there => work(heardRunner(there, write, isHeard))),
  };
}

function heardTarget(target: Target, write: (text: string) => void): Target {
  return { ...handedOn(target), runner: heardRunner(target.runner, write, ({ asRoot }) => asRoot) };
}

/** The same target, for another one to be made of: it keeps what it is made of to itself, so each part is handed on by name. */
export function handedOn(target: Target): Target {
  const { switches, takePanic } = target;
  const parts = {
    id: target.id,
    name: target.name,
    called: target.called,
    simulated: target.simulated,
    runner: target.runner,
    connection: signal => target.connection(signal),
    buildEnvironment: signal => target.buildEnvironment(signal),
    mend: async signal => target.mend?.(signal),
    exclusively: (bundleIdentifier, signal, work, turn) => target.exclusively(bundleIdentifier, signal, work, turn),
    working: bundleIdentifier => target.working(bundleIdentifier),
    withAnswers: (ask, work) => target.withAnswers(ask, work),
    pause: (ms, signal) => target.pause(ms, signal),
  } satisfies { [Part in keyof Omit<Target, 'switches' | 'takePanic'>]-?: Target[Part] };
  return {
    ...parts,
    ...(switches === undefined ? {} : { switches }),
    ...(takePanic === undefined ? {} : { takePanic: takePanic.bind(target) }),
  };
}
