import type { Told } from '../tools/runner.ts';
import type { ToolNotStarted, UnknownToolText } from '../tools/toolErrors.ts';

/** The answer; undefined where there is none for that reason. */
export function unless<T>(reason: typeof ToolNotStarted | typeof UnknownToolText, told: Told<T>): T | undefined {
  try {
    return told();
  } catch (error) {
    if (error instanceof reason) return undefined;
    throw error;
  }
}
