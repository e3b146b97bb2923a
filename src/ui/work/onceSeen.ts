import type { OperationResult } from '../../operations/operation.ts';
import { type UninstallParts, uninstall } from '../commands/uninstall.ts';
import { askAfterPanic } from './askAfterPanic.ts';
import type { MeantKext, Work } from './operationQueue.ts';

/**
 * The work for somebody who has seen how the target went down under the kext, if it did: that is not simply done again. undefined where
 * it is not to be done. `anyway`: what the button says that goes on; `kext`: the one that is meant where that is not the window's own.
 */
export async function onceSeen(
  parts: UninstallParts,
  work: Work<OperationResult>,
  anyway: string,
  kext?: MeantKext,
): Promise<Work<OperationResult> | undefined> {
  const wanted = await askAfterPanic(parts.session, anyway, kext);
  if (wanted === 'uninstall') await uninstall(parts, kext);
  if (wanted !== 'goOn' && wanted !== 'goOnAnyway') return undefined;
  const afterPanic = wanted === 'goOnAnyway';
  return (operation, signal) => work({ ...operation, afterPanic }, signal);
}
