import { allText } from '../../tools/port/answer.ts';
import type { Ending } from '../../tools/port/runner.ts';
import { commandLine, type ToolCommand } from '../../tools/port/toolCommand.ts';
import { howItEnded, ToolNotStarted, UnknownToolText } from '../../tools/port/toolErrors.ts';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';

/** One question to a tool, and what came of it. */
export interface Asked<T> {
  /** As one would type it. */
  readonly command: string;
  readonly tool: string;
  /** undefined where the tool is missing, and where it spoke an unknown language. */
  readonly answer: T | undefined;
  /** Why there is no answer. */
  readonly failed: 'missing' | 'notStarted' | 'unknownText' | undefined;
  /** The first lines that it said. */
  readonly said: readonly string[];
}

const mostLines = 6;
const longestLine = 200;

/** The question with its answer. Throws as the command's parse does, but for UnknownToolText. */
export function askedOf<T>(command: ToolCommand<T>, ending: Ending): Asked<T> {
  const about = { command: commandLine(command), tool: command.tool };
  const without = (failed: NonNullable<Asked<T>['failed']>, said: readonly string[]) => ({
    ...about,
    answer: undefined,
    failed,
    said,
  });
  if (ending instanceof ToolNotStarted) {
    const isItself = ending.missing && ending.tool === command.tool;
    return without(isItself ? 'missing' : 'notStarted', [ending.message]);
  }
  // A shell says so of a program that it does not find.
  if (ending.exitCode === 127 && ending.stdout === '') return without('missing', linesOf(ending));
  try {
    return { ...about, answer: command.parse(ending), failed: undefined, said: linesOf(ending) };
  } catch (error) {
    if (!(error instanceof UnknownToolText)) throw error;
    return without('unknownText', [...linesOf(ending), `(${command.tool} ${howItEnded(ending)})`]);
  }
}

function linesOf(output: ToolOutput): readonly string[] {
  // More than is shown is not looked at.
  const text = allText(output).slice(0, mostLines * longestLine * 4);
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const shown = lines.slice(0, mostLines).map(line => line.trimEnd().slice(0, longestLine));
  return lines.length > mostLines ? [...shown, '…'] : shown;
}
