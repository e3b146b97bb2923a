import * as vscode from 'vscode';
import { openCaptureFolder, saveCaptures } from '../operations/captureFolder.ts';
import type { CaptureReview } from '../operations/recordCaptures.ts';
import { captureReviewPage } from '../report/captureReviewPage.ts';
import type { TextPage } from './textPage.ts';

/** Shows captures on a page, looked through before they are saved once that is asked for. Rejects as writing files does. */
export async function offerCaptures(review: CaptureReview, page: TextPage): Promise<void> {
  const text = captureReviewPage(review);
  page.text = text;
  await vscode.window.showTextDocument(page.place, { preview: false });
  const [left] = review.left;
  if (left !== undefined) {
    const problem = vscode.l10n.t('{0} could not be replaced everywhere, so these captures cannot be saved.', left);
    return void vscode.window.showErrorMessage(problem);
  }
  const save = vscode.l10n.t('Save…');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Look through these {0} captures. Nothing is saved yet.', review.captures.length),
    save,
  );
  if (chosen !== save) return;
  // Whoever saves has these before their eyes, and not those of a later recording.
  if (page.text !== text) return offerCaptures(review, page);
  await saveReviewed(review);
}

async function saveReviewed({ captures }: CaptureReview): Promise<void> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: vscode.l10n.t('Save Here'),
      title: vscode.l10n.t('Folder for the Captures'),
    })) ?? [];
  if (chosen === undefined) return;
  const folder = await openCaptureFolder(chosen.fsPath);
  if ('problem' in folder) return void vscode.window.showErrorMessage(folder.problem);
  const names = await saveCaptures(folder, captures);
  void vscode.window.showInformationMessage(vscode.l10n.t('Saved {0} captures in {1}.', names.length, folder.folder));
}
