import * as vscode from 'vscode';
import { type EmptyReason, untrustedText } from './emptyReason.ts';

interface WayOut {
  readonly message: string;
  readonly button?: string;
  readonly command?: string;
}

/** Says why an operation has nothing to work on, with a button that leads out. `problem` is what was found wrong. */
export function explainNothing(reason: EmptyReason, problem: string | undefined): void {
  const { message, button, command } = wayOut(reason, problem);
  void vscode.window.showErrorMessage(message, ...(button === undefined ? [] : [button])).then(choice => {
    if (choice !== undefined && command !== undefined) void vscode.commands.executeCommand(command);
  });
}

function wayOut(reason: EmptyReason, problem: string | undefined): WayOut {
  switch (reason) {
    case 'noFolder':
      return { message: 'Open the folder of a kext project first.', ...openFolder };
    case 'virtual':
      return { message: virtualFolder, ...openFolder };
    case 'noProject':
      return { message: 'No kext project here: no Info.plist with the CFBundlePackageType KEXT was found.' };
    case 'severalKexts':
      return { message: 'This window has several kexts: say which one is meant.', ...selectKext };
    case 'problem':
      return { message: problem ?? 'The kext project has a mistake.', ...showProblems };
    case 'untrusted':
      return { message: untrustedText, ...manageTrust };
    case 'noTarget':
      return { message: 'No target is chosen: say which Mac loads this kext.', ...selectTarget };
    case 'unreachable':
      return { message: problem ?? 'The target could not be read.', ...showLog };
    case 'ready':
      return { message: 'The target has not been read so far.', ...refresh };
  }
}

const virtualFolder = 'This folder is not on a disk: a kext is built and loaded from one that is.';
const openFolder = { button: 'Open Folder', command: 'vscode.openFolder' };
const selectKext = { button: 'Select Kext', command: 'kext.selectKext' };
const showProblems = { button: 'Show Problems', command: 'workbench.actions.view.problems' };
const manageTrust = { button: 'Manage Workspace Trust', command: 'workbench.trust.manage' };
const selectTarget = { button: 'Select Target', command: 'kext.selectTarget' };
const showLog = { button: 'Show Log', command: 'kext.showLog' };
const refresh = { button: 'Refresh', command: 'kext.refresh' };
