import { NoDriverUse } from '../operations/exercise.ts';
import { missingTool } from '../tools/missingTool.ts';
import { TargetLost, ToolNotStarted, UnknownToolText } from '../tools/toolErrors.ts';
import { exitStatus } from './exitStatus.ts';
import { UsageError } from './options.ts';

/** What the terminal says of an error, in one piece and without a stack, and the exit status that goes with it. */
export function errorText(error: unknown, cancelled: boolean): { readonly message: string; readonly status: number } {
  if (cancelled) return { message: 'Cancelled.', status: exitStatus.cancelled };
  if (error instanceof UsageError || error instanceof NoDriverUse)
    return { message: error.message, status: exitStatus.usage };
  if (error instanceof ToolNotStarted) {
    return { message: error.missing ? missingTool(error.tool) : error.message, status: exitStatus.usage };
  }
  if (error instanceof TargetLost) return { message: error.message, status: exitStatus.unreachable };
  if (error instanceof UnknownToolText) {
    const { stdout, stderr } = error.output;
    return {
      message: [error.message, stdout.trimEnd(), stderr.trimEnd()].filter(Boolean).join('\n'),
      status: exitStatus.refused,
    };
  }
  return { message: error instanceof Error ? error.message : String(error), status: exitStatus.refused };
}
