import type { ToolOutput } from '../tools/port/toolOutput.ts';

/** Everything that a tool said, standard output first. */
export function textOf(output: ToolOutput): string {
  return output.stdout + output.stderr;
}

/** What a simulated tool says: lines for each stream and an exit code. */
export function said(answer: {
  readonly stdout?: readonly string[];
  readonly stderr?: readonly string[];
  readonly exitCode?: number;
}): ToolOutput {
  return {
    stdout: lines(answer.stdout ?? []),
    stderr: lines(answer.stderr ?? []),
    exitCode: answer.exitCode ?? 0,
    signal: null,
    timedOut: false,
    cancelled: false,
  };
}

/** What is there of a tool that the kernel has not let go when its time is up. */
export function unanswered(): ToolOutput {
  return { ...said({}), exitCode: null, timedOut: true };
}

function lines(texts: readonly string[]): string {
  return texts.map(text => `${text}\n`).join('');
}
