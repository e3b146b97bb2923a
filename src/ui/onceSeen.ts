import * as vscode from 'vscode';
import type { OperationResult } from '../operations/operation.ts';
import { askAfterPanic } from './askAfterPanic.ts';
import type { KextSession } from './kextSession.ts';
import type { Work } from './operationQueue.ts';

/**
 * The work for somebody who has seen how the target went down under the kext, if it did: that is not simply done again. undefined where
 * it is not to be done. `anyway`: what the button says that goes on.
 */
export async function onceSeen(
  session: KextSession,
  work: Work<OperationResult>,
  anyway: string,
): Promise<Work<OperationResult> | undefined> {
  const wanted = await askAfterPanic(session, anyway);
  if (wanted === 'uninstall') await vscode.commands.executeCommand('kext.uninstall');
  if (wanted !== 'goOn' && wanted !== 'goOnAnyway') return undefined;
  const afterPanic = wanted === 'goOnAnyway';
  return (operation, signal) => work({ ...operation, afterPanic }, signal);
}
