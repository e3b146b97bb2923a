import * as vscode from 'vscode';
import { planText } from '../report/planText.ts';
import { cancellable } from './cancellable.ts';
import { explainNothing } from './explainNothing.ts';
import type { KextSession } from './kextSession.ts';
import { targetWork } from './lazyWork.ts';

const scheme = 'kext-plan';
const place = vscode.Uri.from({ scheme, path: 'Reload Plan' });

/** Show Reload Plan: a page that cannot be edited, looked up anew each time. */
export class ReloadPlanPage implements vscode.Disposable {
  readonly #session: KextSession;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #text = '';

  constructor(session: KextSession) {
    this.#session = session;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#text,
    });
  }

  /** Rejects as reading the target does. */
  async show(): Promise<void> {
    await this.#session.refresh();
    const { operation } = this.#session;
    if (operation === undefined) return explainNothing(this.#session.emptyReason, this.#session.problem?.problem);
    const title = vscode.l10n.t('Plan the reload of {0}', operation.project.bundleIdentifier);
    const plan = await cancellable(vscode.ProgressLocation.Window, title, async signal => {
      const { planReload } = await targetWork();
      return planReload({ ...operation, progress: () => undefined }, signal);
    });
    this.#text = `${planText(plan)}\n`;
    this.#changed.fire(place);
    await vscode.window.showTextDocument(place, { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
