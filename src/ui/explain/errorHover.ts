import * as vscode from 'vscode';
import { explainedHover } from './explainedMarkdown.ts';
import { failurePage } from './failurePage.ts';
import { hoveredError } from './hoveredError.ts';

/** Explains the message or code under the pointer; undefined where nothing is known of it. `failuresFolder`: the pages that ship. */
export function errorHover(
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
  failuresFolder: string,
): vscode.Hover | undefined {
  const hovered = hoveredError(document.lineAt(line).text, character);
  if (hovered === undefined) return undefined;
  const link = (page: Parameters<typeof failurePage>[1]) => failurePage(failuresFolder, page).toString();
  const text = new vscode.MarkdownString(explainedHover(hovered.found, link));
  return new vscode.Hover(text, new vscode.Range(line, hovered.start, line, hovered.end));
}
