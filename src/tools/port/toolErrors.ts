import type { SshFailure, SshProblem } from '../ssh/sshMessages.ts';
import type { RootProblem } from '../sudo.ts';
import type { ToolOutput } from './toolOutput.ts';

/** The tool did not start: it is missing, not executable, or its folder is gone. */
export class ToolNotStarted extends Error {
  readonly tool: string;
  readonly missing: boolean;
  constructor(tool: string, reason: string, missing: boolean) {
    super(missing ? `${tool} was not found: ${reason}` : `${tool} did not start: ${reason}`);
    this.name = 'ToolNotStarted';
    this.tool = tool;
    this.missing = missing;
  }
}

/** sudo did not run the tool: the message says why, and what to do. */
export class RootRefused extends ToolNotStarted {
  readonly problem: RootProblem;
  constructor(tool: string, reason: string, problem: RootProblem) {
    super(tool, reason, false);
    this.name = 'RootRefused';
    this.problem = problem;
  }
}

/** The tool ran and said something that its parser does not know. The whole output is kept. */
export class UnknownToolText extends Error {
  readonly output: ToolOutput;
  constructor(tool: string, expected: string, output: ToolOutput) {
    super(`${tool} ${howItEnded(output)}; expected ${expected}`);
    this.name = 'UnknownToolText';
    this.output = output;
  }
}

/** The target went away while a command ran: it panicked, restarted, or the connection broke. */
export class TargetLost extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'TargetLost';
  }
}

/** ssh did not come as far as the target's own tools, or the connection broke; the message says why, and what to do. */
export class HostNotReached extends TargetLost {
  readonly problem: SshProblem;
  constructor({ problem, message }: SshFailure) {
    super(message);
    this.name = 'HostNotReached';
    this.problem = problem;
  }
}

/** A tool said more than can be kept, and was ended. */
export class TooMuchText extends Error {
  constructor(tool: string, mostBytes: number) {
    super(`${tool} said more than ${mostBytes / 1_000_000} MB, and was ended`);
    this.name = 'TooMuchText';
  }
}

/** Somebody asked the Simulated Mac for what cannot be done as it stands; the message says what could be. */
export class SwitchRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'SwitchRefused';
  }
}

/** `exited with 3`, `was killed by SIGSEGV`, `gave no answer in time`, `was cancelled`. */
export function howItEnded(output: ToolOutput): string {
  if (output.cancelled) return 'was cancelled';
  if (output.timedOut)
    return `gave no answer in time${output.pid === undefined ? '' : `, and goes on as root (process ${output.pid})`}`;
  return output.signal === null ? `exited with ${output.exitCode}` : `was killed by ${output.signal}`;
}
