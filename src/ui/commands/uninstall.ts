import type { KextSession } from '../session/kextSession.ts';
import { lazyWork } from '../work/lazyWork.ts';
import type { MeantKext, OperationQueue } from '../work/operationQueue.ts';
import { tellEnding } from '../work/tellEnding.ts';

/** What an uninstall works with. */
export interface UninstallParts {
  readonly session: KextSession;
  readonly queue: OperationQueue;
}

/** Uninstalls; `kext`: the one that is meant where that is not the window's own. */
export async function uninstall({ session, queue }: UninstallParts, kext?: MeantKext): Promise<void> {
  tellEnding('uninstall', await queue.run({ title: 'Uninstall', kext }, lazyWork('uninstall')), session);
}
