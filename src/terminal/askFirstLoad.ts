import { type Options, UsageError } from './options.ts';
import type { RecordingWorld } from './recordCommand.ts';

const danger =
  'A faulty kext panics this Mac, and a panic ends every program at once. Save what you edit; the disks are synced before each load and unload.';

/**
 * Asks whoever sits at the terminal whether kexts may be loaded on the Mac that it runs on. `--yes` answers it; without that and
 * without a terminal it throws UsageError.
 */
export function askFirstLoad(
  { yes, command }: Pick<Options, 'yes' | 'command'>,
  confirm: RecordingWorld['confirm'],
): (signal: AbortSignal) => Promise<boolean> {
  return async signal => {
    if (yes) return true;
    if (confirm !== undefined) return confirm(danger, 'Load kexts on this Mac?', signal);
    throw new UsageError(
      `a faulty kext panics this Mac, so the first ${command} here is asked for: say --yes, answer in a terminal, or take another --target`,
    );
  };
}
