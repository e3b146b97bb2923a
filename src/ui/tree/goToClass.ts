import * as vscode from 'vscode';
import { classPlaces } from '../../operations/project/declarations.ts';
import { sourceRange } from '../counts/sourceRange.ts';
import type { KextSession } from '../session/kextSession.ts';

/** Opens the declaration of a class of the window's kexts, where it is now. */
export async function goToClass(session: KextSession, className: string | undefined): Promise<void> {
  const { view } = session;
  const all = [view, ...view.others].flatMap(({ own }) => own?.declarations ?? []);
  const known = all.find(({ name }) => name === className);
  if (known === undefined) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(known.declaration.file));
  const [place = known.declaration] = classPlaces(document.getText(), [known]);
  await vscode.window.showTextDocument(document, { selection: sourceRange(place) });
}
