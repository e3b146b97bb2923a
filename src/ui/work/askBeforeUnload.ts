import * as vscode from 'vscode';
import { obstacleText } from '../../diagnosis/unloadObstacles.ts';
import { refusedFirst, type UnloadChoice, type UnloadQuestion } from '../../operations/unload/confirmUnload.ts';

/** Asks before an unload that is likely to be refused: once refused, the driver is terminated for good. */
export async function askBeforeUnload(question: UnloadQuestion): Promise<UnloadChoice> {
  const { bundleIdentifier, target, obstacles, canQuit, stayed } = question;
  const consequence = vscode.l10n.t(
    'A refused unload leaves {0} terminated and in the kernel until {1} restarts.',
    refusedFirst(question),
    target,
  );
  const detail = [...stayed, ...obstacles.map(obstacleText), consequence].join('\n');
  const quit = vscode.l10n.t('Quit and Unload');
  const anyway = vscode.l10n.t('Unload Anyway');
  const message = vscode.l10n.t('The unload of {0} is likely to be refused.', bundleIdentifier);
  const chosen = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail },
    ...(canQuit ? [quit] : []),
    anyway,
  );
  if (chosen === quit) return 'quit';
  return chosen === anyway ? 'unload' : 'cancel';
}
