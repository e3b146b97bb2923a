import * as vscode from 'vscode';
import { driverUseNames, hasUsualUse } from '../operations/exercise.ts';

/** Which use of the driver is meant; `name` is undefined for the usual one, all of it where nobody answered. */
export interface ChosenUse {
  readonly name: string | undefined;
}

/** The usual use, or the answer to a question where the project has no such one. */
export async function usualUse(folder: string): Promise<ChosenUse | undefined> {
  return (await hasUsualUse(folder)) ? { name: undefined } : chooseUse(folder);
}

/** Asks which of the project's uses of the driver is meant. */
export async function chooseUse(folder: string): Promise<ChosenUse | undefined> {
  const names = await driverUseNames(folder);
  if (names.length === 0) return { name: undefined };
  const name = await vscode.window.showQuickPick(names, {
    title: vscode.l10n.t('Use the Driver'),
    placeHolder: vscode.l10n.t('How the driver is used'),
  });
  return name === undefined ? undefined : { name };
}
