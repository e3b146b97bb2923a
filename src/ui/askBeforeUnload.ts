import * as vscode from 'vscode';
import { obstacleText } from '../diagnosis/unloadObstacles.ts';
import type { UnloadChoice, UnloadQuestion } from '../operations/confirmUnload.ts';

/** Asks before an unload that is likely to be refused: once refused, the driver is terminated for good. */
export async function askBeforeUnload(question: UnloadQuestion): Promise<UnloadChoice> {
  const { bundleIdentifier, target, obstacles, canQuit } = question;
  const consequence = `A refused unload leaves ${bundleIdentifier} terminated and in the kernel until ${target} restarts.`;
  const detail = [...obstacles.map(obstacleText), consequence].join('\n');
  const quit = 'Quit and Unload';
  const anyway = 'Unload Anyway';
  const message = `The unload of ${bundleIdentifier} is likely to be refused.`;
  const chosen = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail },
    ...(canQuit ? [quit] : []),
    anyway,
  );
  if (chosen === quit) return 'quit';
  return chosen === anyway ? 'unload' : 'cancel';
}
