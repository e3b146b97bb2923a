import * as vscode from 'vscode';
import { openCaptureFolder, saveCaptures } from '../../operations/captures/captureFolder.ts';
import type { CaptureReview } from '../../operations/captures/recordCaptures.ts';
import { captureReviewPage } from '../../report/captureReviewPage.ts';
import type { TextPage } from '../pages/textPage.ts';

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
  // A folder that does not do is no reason to record all of it once more.
  if (!(await saveReviewed(review))) return offerCaptures(review, page);
}

/** False where no folder was chosen that they can go to. Rejects as writing files does. */
async function saveReviewed({ captures }: CaptureReview): Promise<boolean> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: vscode.l10n.t('Save Here'),
      title: vscode.l10n.t('Folder for the Captures'),
    })) ?? [];
  if (chosen === undefined) return false;
  const folder = await openCaptureFolder(chosen.fsPath);
  if ('problem' in folder) {
    void vscode.window.showErrorMessage(folder.problem);
    return false;
  }
  const names = await saveCaptures(folder, captures);
  void vscode.window.showInformationMessage(vscode.l10n.t('Saved {0} captures in {1}.', names.length, folder.folder));
  return true;
}
