import * as vscode from 'vscode';
import { type EmptyReason, untrustedText } from '../session/emptyReason.ts';
import { ownSettings } from '../settings/ownSettings.ts';
import { unlinked } from '../unlinked.ts';

interface WayOut {
  readonly message: string;
  readonly button?: string;
  readonly command?: string;
  readonly argument?: string;
}

/** Says why an operation has nothing to work on, with a button that leads out. `problem` is what was found wrong. */
export function explainNothing(reason: EmptyReason, problem: string | undefined): void {
  const { message, button, command, argument } = wayOut(reason, problem);
  void vscode.window.showErrorMessage(unlinked(message), ...(button === undefined ? [] : [button])).then(choice => {
    if (choice !== undefined && command !== undefined) void vscode.commands.executeCommand(command, argument);
  });
}

function wayOut(reason: EmptyReason, problem: string | undefined): WayOut {
  switch (reason) {
    case 'noFolder':
      return { message: vscode.l10n.t('Open the folder of a kext project first.'), ...openFolder() };
    case 'virtual':
      return {
        message: vscode.l10n.t('This folder is not on a disk: a kext is built and loaded from one that is.'),
        ...openFolder(),
      };
    case 'noProject':
      return {
        message: vscode.l10n.t(
          'No kext project here or up to two folders down: no Xcode target of a kext, and no Info.plist with the CFBundlePackageType KEXT.',
        ),
      };
    case 'severalKexts':
      return { message: vscode.l10n.t('This window has several kexts: say which one is meant.'), ...selectKext() };
    case 'problem':
      return { message: problem ?? vscode.l10n.t('The kext project has a mistake.'), ...showProblems() };
    case 'untrusted':
      return { message: untrustedText(), ...manageTrust() };
    case 'noTarget':
      return { message: vscode.l10n.t('No target is chosen: say which Mac loads this kext.'), ...selectTarget() };
    case 'wrongTarget':
      return {
        message: problem ?? vscode.l10n.t('No target is chosen: say which Mac loads this kext.'),
        ...selectTarget(),
      };
    case 'wrongSetting':
      return { message: problem ?? vscode.l10n.t('A setting has a mistake.'), ...openSettings() };
    case 'unreachable':
      return { message: problem ?? vscode.l10n.t('The target could not be read.'), ...showLog() };
    case 'ready':
      return { message: vscode.l10n.t('The target has not been read so far.'), ...refresh() };
  }
}

const openFolder = () => ({ button: vscode.l10n.t('Open Folder'), command: 'vscode.openFolder' });
const selectKext = () => ({ button: vscode.l10n.t('Select Kext'), command: 'kext.selectKext' });
const showProblems = () => ({ button: vscode.l10n.t('Show Problems'), command: 'workbench.actions.view.problems' });
const openSettings = () => ({
  button: vscode.l10n.t('Open Settings'),
  command: 'workbench.action.openSettings',
  argument: ownSettings,
});
const manageTrust = () => ({ button: vscode.l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' });
const selectTarget = () => ({ button: vscode.l10n.t('Select Target'), command: 'kext.selectTarget' });
const showLog = () => ({ button: vscode.l10n.t('Show Log'), command: 'kext.showLog' });
const refresh = () => ({ button: vscode.l10n.t('Refresh'), command: 'kext.refresh' });
