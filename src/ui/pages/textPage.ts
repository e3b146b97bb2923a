import * as vscode from 'vscode';

/**
 * A page that cannot be edited, with an address of its own. Until something is shown on it, it is empty: the editor of one may have
 * stayed open from the window before.
 */
export class TextPage implements vscode.Disposable {
  readonly place: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #text = '';

  constructor(scheme: string, path: string) {
    this.place = vscode.Uri.from({ scheme, path });
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#text,
    });
  }

  get text(): string {
    return this.#text;
  }

  /** An editor of it that is open shows it at once. */
  set text(text: string) {
    this.#text = text;
    this.#changed.fire(this.place);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
