import { handedOn } from '../../src/operations/captures/heardOperation.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Runner } from '../../src/tools/port/runner.ts';
import { commandLine } from '../../src/tools/port/toolCommand.ts';

/** One thing that an operation asked of the target or of this machine. */
export interface RecordedCall {
  /** `sudo kextunload -b org.sample.driver.Pump` */
  readonly line: string;
  /** Asks for it once more. */
  again(): Promise<unknown>;
}

/** The operation, with a list of what it asks for from now on, in order: as a script would have it that does the same by itself. */
export function recordCalls(operation: Operation): {
  readonly operation: Operation;
  readonly calls: readonly RecordedCall[];
} {
  const { target, host } = operation;
  const { signal } = new AbortController();
  const calls: RecordedCall[] = [];
  const recorded = (runner: Runner): Runner => ({
    run: (command, asked, heard) => {
      calls.push({ line: commandLine(command), again: () => runner.run(command, signal) });
      return runner.run(command, asked, heard);
    },
    runTogether: (commands, asked) => {
      for (const command of commands)
        calls.push({ line: commandLine(command), again: () => runner.run(command, signal) });
      return runner.runTogether(commands, asked);
    },
  });
  const recordedTarget: Operation['target'] = {
    ...handedOn(target),
    runner: recorded(target.runner),
    pause: (ms, asked) => {
      calls.push({ line: `pause ${ms} ms`, again: () => target.pause(ms, signal) });
      return target.pause(ms, asked);
    },
  };
  return { operation: { ...operation, target: recordedTarget, host: recorded(host) }, calls };
}
