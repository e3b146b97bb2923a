import * as vscode from 'vscode';
import type { KextSession } from './kextSession.ts';
import { sourceRange } from './sourceRange.ts';

/** Opens the declaration of a class of the window's kexts. */
export async function goToClass(session: KextSession, className: string | undefined): Promise<void> {
  const { view } = session;
  const all = [view, ...view.others].flatMap(({ own }) => own?.declarations ?? []);
  const declared = all.find(({ name }) => name === className)?.declaration;
  if (declared === undefined) return;
  await vscode.window.showTextDocument(vscode.Uri.file(declared.file), { selection: sourceRange(declared) });
}
