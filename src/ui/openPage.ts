import * as vscode from 'vscode';

/** VS Code's rendered Markdown, an editor of its own. */
const preview = 'vscode.markdown.preview.editor';

/** Opens a page that ships, rendered where VS Code's own Markdown is there; the fragment of its address is the heading. */
export async function openPage(page: vscode.Uri): Promise<void> {
  const known = await vscode.commands.getCommands(true);
  if (known.includes('markdown.showPreview')) await vscode.commands.executeCommand('vscode.openWith', page, preview);
  else await vscode.window.showTextDocument(page);
}
