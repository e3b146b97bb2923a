import { missingTool } from '../tools/missingTool.ts';
import { RootRefused, SwitchRefused, TargetLost, ToolNotStarted, UnknownToolText } from '../tools/port/toolErrors.ts';
import { NoDriverUse } from './exercise.ts';
import { ProjectGone } from './project/projectGone.ts';

/** Why an operation could not run to an end of its own. */
export interface Failure {
  readonly kind: 'missingTool' | 'notPrivileged' | 'badInput' | 'targetLost' | 'unknownText' | 'other';
  /** For people: what was wrong and what was expected, with everything that an unknown tool said, without a stack. */
  readonly message: string;
}

/** Tells what an operation rejected with. */
export function failureOf(error: unknown): Failure {
  if (error instanceof RootRefused) return { kind: 'notPrivileged', message: error.message };
  if (error instanceof ToolNotStarted) {
    return { kind: 'missingTool', message: error.missing ? missingTool(error.tool) : error.message };
  }
  if (error instanceof NoDriverUse || error instanceof SwitchRefused || error instanceof ProjectGone)
    return { kind: 'badInput', message: error.message };
  if (error instanceof TargetLost) return { kind: 'targetLost', message: error.message };
  if (error instanceof UnknownToolText) {
    const { stdout, stderr } = error.output;
    const whole = [error.message, stdout.trimEnd(), stderr.trimEnd()].filter(text => text !== '');
    return { kind: 'unknownText', message: whole.join('\n') };
  }
  return { kind: 'other', message: error instanceof Error ? error.message : String(error) };
}
