import * as vscode from 'vscode';
import { explainedHover } from './explainedMarkdown.ts';
import { failurePage } from './failurePage.ts';

/** Explains messages and codes under the pointer in the log. */
export class ErrorHover implements vscode.HoverProvider, vscode.Disposable {
  readonly #failuresFolder: string;
  readonly #registration: vscode.Disposable;

  constructor(failuresFolder: string) {
    this.#failuresFolder = failuresFolder;
    this.#registration = vscode.languages.registerHoverProvider({ scheme: 'output', language: 'log' }, this);
  }

  async provideHover(
    document: vscode.TextDocument,
    { line, character }: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const { hoveredError } = await import('./hoveredError.ts');
    const hovered = hoveredError(document.lineAt(line).text, character);
    if (hovered === undefined) return undefined;
    const link = (page: Parameters<typeof failurePage>[1]) => failurePage(this.#failuresFolder, page).toString();
    const text = new vscode.MarkdownString(explainedHover(hovered.found, link));
    return new vscode.Hover(text, new vscode.Range(line, hovered.start, line, hovered.end));
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
