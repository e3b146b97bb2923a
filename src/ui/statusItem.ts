import * as vscode from 'vscode';
import type { KextSession } from './kextSession.ts';
import { statusText } from './statusText.ts';

/** The one status item; it shows only where there is a kext project. */
export class StatusItem implements vscode.Disposable {
  readonly #session: KextSession;
  readonly #item = vscode.window.createStatusBarItem('kext.status', vscode.StatusBarAlignment.Left, 50);
  readonly #subscription: vscode.Disposable;

  constructor(session: KextSession) {
    this.#session = session;
    this.#item.name = 'Kext Dev';
    this.#subscription = session.onDidChange(() => this.#show());
  }

  #show(): void {
    const { view, problem } = this.#session;
    const status = statusText(view, problem?.problem);
    if (status === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = status.text;
    this.#item.tooltip = status.tooltip;
    this.#item.accessibilityInformation = { label: status.spoken };
    this.#item.command = status.command;
    this.#item.backgroundColor =
      status.colour === undefined ? undefined : new vscode.ThemeColor(`statusBarItem.${status.colour}Background`);
    this.#item.show();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }
}
