import type { ToolCommand } from '../tools/port/toolCommand.ts';
import type { ToolInput } from '../tools/port/toolInput.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';
import type { Hold } from './processRunner.ts';

/** What runs the shell, or what leads to it, as a process of this machine. */
export interface HeldProcesses {
  runHeld(command: ToolCommand<unknown>, signal: AbortSignal, hold: Hold): Promise<ToolOutput>;
}

/** A shell that reads the script of `remoteScript`: that of another machine, or one of this machine. */
export interface ScriptShell {
  /** The machine, as a sentence has it: `mini`, `this Mac`. */
  readonly called: string;
  /** From its start until it begins, in ms: the connection, its proxies, a slow login. */
  readonly reachMs: number;
  /** It runs in a process group of its own from the start; one that does not is given one. */
  readonly hasOwnGroup: boolean;
  /** What starts it, with the script as its standard input; `answer`: gives what is asked on the way, absent where nobody does. */
  command(script: ToolInput, answer?: AnswerOnTheWay): Promise<ShellCommand>;
  /** Why it did not begin; `said`: by whatever was on the way. */
  notBegun(said: string, output: ToolOutput): Error;
  /** It did not begin, because nobody gave an answer to that question. */
  notAnswered(question: string): Error;
  /** It did not begin in its time. */
  silent(): Error;
  /** It ended while a tool ran, or between two. */
  broke(tool: string | undefined, said: string): Error;
}

/** What is asked before the shell is there. */
export interface QuestionOnTheWay {
  /** In the words of whoever asks. */
  readonly question: string;
  /** Which program asks, of several that lead there one through another. */
  readonly asker: string;
}

/** Answers it; undefined where no answer is given. */
export type AnswerOnTheWay = (asked: QuestionOnTheWay) => Promise<string | undefined>;

/** What starts a shell. */
export interface ShellCommand {
  readonly command: ToolCommand<unknown>;
  /** To be called once that has ended. */
  readonly ended?: () => void;
}

/** The time limit of the shell itself, a day in ms: each tool in it has its own. */
export const untilEnded = 86_400_000;
