import type { Told } from '../../tools/port/runner.ts';
import { ToolNotStarted, UnknownToolText } from '../../tools/port/toolErrors.ts';

/** The answer; undefined where there is none for that reason. */
export function unless<T>(reason: typeof ToolNotStarted | typeof UnknownToolText, told: Told<T>): T | undefined {
  try {
    return told();
  } catch (error) {
    if (error instanceof reason) return undefined;
    throw error;
  }
}

/** The answer that is to come; undefined where the tool is not there, or is not understood. */
export async function unlessUnread<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isUnread(error)) return undefined;
    throw error;
  }
}

/** Whether an error says that a tool is not there, or is not understood: whoever can do without its answer goes on. */
export function isUnread(error: unknown): error is ToolNotStarted | UnknownToolText {
  return error instanceof ToolNotStarted || error instanceof UnknownToolText;
}
