import * as vscode from 'vscode';
import type { DriverUse } from '../../model/driverUse.ts';
import { driverUses, hasUsualUse } from '../../operations/exercise.ts';

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
  const uses = await driverUses(folder);
  if (uses.length === 0) return { name: undefined };
  const items = uses.map(({ name, use }) => ({ label: name, description: useText(use) }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Use the Driver'),
    placeHolder: vscode.l10n.t('How the driver is used'),
  });
  return chosen && { name: chosen.label };
}

/** `3 calls, then exits` */
function useText({ calls, keepsRunning }: DriverUse): string {
  const number = calls.length === 1 ? vscode.l10n.t('1 call') : vscode.l10n.t('{0} calls', calls.length);
  return keepsRunning ? vscode.l10n.t('{0}, stays and has it open', number) : vscode.l10n.t('{0}, then exits', number);
}
