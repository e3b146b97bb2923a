import type { KextSession } from './kextSession.ts';
import { lazyWork } from './lazyWork.ts';
import type { MeantKext, OperationQueue } from './operationQueue.ts';
import { tellEnding } from './tellEnding.ts';

/** What an uninstall works with. */
export interface UninstallParts {
  readonly session: KextSession;
  readonly queue: OperationQueue;
}

/** Uninstalls; `kext`: the one that is meant where that is not the window's own. */
export async function uninstall({ session, queue }: UninstallParts, kext?: MeantKext): Promise<void> {
  tellEnding('uninstall', await queue.run({ title: 'Uninstall', kext }, lazyWork('uninstall')), session);
}
