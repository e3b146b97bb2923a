import * as vscode from 'vscode';
import type { KextSession } from './kextSession.ts';
import { sourceRange } from './sourceRange.ts';

/** Opens the declaration of a class of the developer's own kext. */
export async function goToClass(session: KextSession, className: string | undefined): Promise<void> {
  const declared = session.view.own?.declarations.find(({ name }) => name === className)?.declaration;
  if (declared === undefined) return;
  await vscode.window.showTextDocument(vscode.Uri.file(declared.file), { selection: sourceRange(declared) });
}
