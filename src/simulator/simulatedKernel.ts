import type { Runner } from '../tools/port/runner.ts';
import type { ToolCommand } from '../tools/port/toolCommand.ts';
import { howItEnded, TargetLost } from '../tools/port/toolErrors.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';
import { type Bencodable, bencode } from './bencode.ts';
import type { KernelAnswer, KernelPanic } from './kernelAnswer.ts';

/** An answer, or the panic that ended the replay. */
export type Replay = { readonly answer: KernelAnswer } | { readonly panic: KernelPanic };

/** The exit status with which the simulated kernel says that it panicked. */
const panicStatus = 70;

/**
 * Runs the events through a fresh kernel, driver code included. A driver that never returns is ended by the kernel's own
 * watchdog, which counts CPU time; a process that is silent for a minute of wall clock says something about this machine
 * and nothing about the driver, so it rejects with TargetLost.
 */
export async function replay(
  executable: string,
  events: readonly Bencodable[],
  host: Runner,
  signal: AbortSignal,
): Promise<Replay> {
  const command: ToolCommand<Replay> = {
    tool: executable,
    argv: [],
    asRoot: false,
    timeoutMs: 60_000,
    input: Buffer.concat(events.map(bencode)),
    parse: readReplay,
  };
  const output = await host.run(command, signal);
  signal.throwIfAborted();
  return command.parse(output);
}

/** Reads what the kernel process said; a process that ended in no known way is itself a panic, with its last words. */
function readReplay(output: ToolOutput): Replay {
  if (output.timedOut) throw new TargetLost('The Simulated Mac gave no answer in a minute. Is this machine very busy?');
  const said = output.exitCode === 0 || output.exitCode === panicStatus ? readJson(output.stdout) : undefined;
  if (said !== undefined)
    return output.exitCode === 0 ? { answer: said as KernelAnswer } : (said as { panic: KernelPanic });
  const lastWords = output.stderr.trim().split('\n').at(-1) ?? '';
  const how = howItEnded(output);
  const reason = output.signal === null ? `the kernel's process ended by itself: it ${how}` : `the kernel ${how}`;
  return {
    panic: {
      reason: lastWords === '' ? reason : `${reason}: ${lastWords}`,
      event: -1,
      kext: null,
      log: [],
      frames: [],
    },
  };
}

/** Undefined where a driver ended the process before the kernel had said all. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
