import * as vscode from 'vscode';
import { openPage } from '../pages/openPage.ts';
import { causePage, isCause } from './causePage.ts';

/** Opens the page of a cause; what is no cause opens nothing. */
export async function explainCause(causesFolder: string, cause: unknown): Promise<void> {
  if (isCause(cause)) await openPage(vscode.Uri.file(causePage(causesFolder, cause)));
}
