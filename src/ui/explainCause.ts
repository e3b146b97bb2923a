import * as vscode from 'vscode';
import { causePage, isCause } from './causePage.ts';

/** Opens the page of a cause, rendered where VS Code's own Markdown is there; what is no cause opens nothing. */
export async function explainCause(causesFolder: string, cause: unknown): Promise<void> {
  if (!isCause(cause)) return;
  const page = vscode.Uri.file(causePage(causesFolder, cause));
  const known = await vscode.commands.getCommands(true);
  if (known.includes('markdown.showPreview')) await vscode.commands.executeCommand('vscode.openWith', page, preview);
  else await vscode.window.showTextDocument(page);
}

/** VS Code's rendered Markdown, an editor of its own. */
const preview = 'vscode.markdown.preview.editor';
