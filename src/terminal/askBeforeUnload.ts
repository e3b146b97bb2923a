import type { AskBeforeUnload } from '../operations/unload/confirmUnload.ts';
import { consequenceText, obstaclesText } from '../report/obstaclesText.ts';
import type { Options } from './options.ts';
import type { RecordingWorld } from './recordCommand.ts';

/** What the question needs of the terminal. */
export interface UnloadTerminal extends Pick<RecordingWorld, 'confirm'> {
  readonly say: (text: string) => void;
}

/**
 * Asks whoever sits at the terminal before an unload that is likely to be refused. Where nobody sits there, or `--yes` was said, what is
 * in the way is told, and it goes on.
 */
export function askBeforeUnload(
  { yes }: Pick<Options, 'yes'>,
  { confirm, say }: UnloadTerminal,
  signal: AbortSignal,
): AskBeforeUnload {
  return async question => {
    const shown = obstaclesText(question);
    if (yes || confirm === undefined) {
      say(shown);
      return 'unload';
    }
    const { canQuit } = question;
    if (canQuit && (await confirm(shown, 'Quit what has it open, and unload?', signal))) return 'quit';
    const known = [...(canQuit ? [] : [shown]), consequenceText(question)].join('\n');
    return (await confirm(known, 'Unload anyway?', signal)) ? 'unload' : 'cancel';
  };
}
