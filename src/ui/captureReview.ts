import * as vscode from 'vscode';
import { openCaptureFolder, saveCaptures } from '../operations/captureFolder.ts';
import type { CaptureReview } from '../operations/recordCaptures.ts';
import { captureReviewPage } from '../report/captureReviewPage.ts';

const scheme = 'kext-captures';
const place = vscode.Uri.from({ scheme, path: 'Captures.md' });

/** Captures as a page that cannot be edited, looked through before they are saved. */
export class CaptureReviewPage implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #shown: CaptureReview | undefined;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => (this.#shown === undefined ? '' : captureReviewPage(this.#shown)),
    });
  }

  /** Shows the captures, and saves them once that is asked for. Rejects as writing files does. */
  async offer(review: CaptureReview): Promise<void> {
    this.#shown = review;
    this.#changed.fire(place);
    await vscode.window.showTextDocument(place, { preview: false });
    const [left] = review.left;
    if (left !== undefined) {
      const text = vscode.l10n.t('{0} could not be replaced everywhere, so these captures cannot be saved.', left);
      return void vscode.window.showErrorMessage(text);
    }
    const save = vscode.l10n.t('Save…');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t('Look through these {0} captures. Nothing is saved yet.', review.captures.length),
      save,
    );
    if (chosen !== save) return;
    // Whoever saves has these before their eyes, and not those of a later recording.
    if (this.#shown !== review) return this.offer(review);
    await saveReviewed(review);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
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
