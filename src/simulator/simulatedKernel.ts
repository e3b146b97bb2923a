import type { Runner } from '../tools/runner.ts';
import type { ToolCommand } from '../tools/toolCommand.ts';
import { howItEnded, TargetLost } from '../tools/toolErrors.ts';
import type { ToolOutput } from '../tools/toolOutput.ts';
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
  if (output.exitCode === 0) return { answer: JSON.parse(output.stdout) as KernelAnswer };
  if (output.exitCode === panicStatus) return JSON.parse(output.stdout) as { panic: KernelPanic };
  const lastWords = output.stderr.trim().split('\n').at(-1) ?? '';
  const reason = `the kernel ${howItEnded(output)}`;
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
