import * as vscode from 'vscode';

/** VS Code's rendered Markdown, an editor of its own. */
const preview = 'vscode.markdown.preview.editor';

/** Opens a page that ships, rendered where VS Code's own Markdown is there; the fragment of its address is the heading. */
export async function openPage(page: vscode.Uri): Promise<void> {
  // Its commands are known to VS Code once it was activated only.
  const rendersMarkdown = vscode.extensions.getExtension('vscode.markdown-language-features') !== undefined;
  if (rendersMarkdown) await vscode.commands.executeCommand('vscode.openWith', page, preview);
  else await vscode.window.showTextDocument(page);
}
