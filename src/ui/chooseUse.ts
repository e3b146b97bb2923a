import * as vscode from 'vscode';
import { driverUseNames } from '../operations/exercise.ts';

/** Which use of the driver is meant: a question where the project describes several; undefined where it was not answered. */
export async function chooseUse(folder: string): Promise<{ readonly name: string | undefined } | undefined> {
  const names = await driverUseNames(folder);
  if (names.length < 2) return { name: undefined };
  const name = await vscode.window.showQuickPick(names, {
    title: 'Use the Driver',
    placeHolder: 'How the driver is used',
  });
  return name === undefined ? undefined : { name };
}
