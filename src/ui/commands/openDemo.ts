import { cp, mkdir, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { rememberOpenedDemo } from './openedDemo.ts';

/** Open the Demo Kext: a copy of the demo project in the home folder, with the Simulated Mac as its target. Its window begins with its kexts. */
export async function openDemo(demoFolder: string, everywhere: vscode.Memento): Promise<void> {
  const folder = join(homedir(), 'kext-dev-demo');
  const there = await stat(folder).then(
    () => true,
    () => false,
  );
  const open = vscode.l10n.t('Open It');
  const fresh = vscode.l10n.t('Make a Fresh Copy');
  const choice = there ? await ask(folder, open, fresh) : fresh;
  if (choice === undefined) return;
  const chosen = choice === open ? folder : await freeFolder(folder);
  if (choice === fresh) await copyDemo(demoFolder, chosen);
  await rememberOpenedDemo(everywhere, chosen);
  const newWindow = (vscode.workspace.workspaceFolders ?? []).length > 0;
  await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(chosen), { forceNewWindow: newWindow });
}

/** Copies the demo and names the Simulated Mac in the copy's settings: it needs no other target. */
export async function copyDemo(demoFolder: string, folder: string): Promise<void> {
  await cp(demoFolder, folder, { recursive: true });
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(join(folder, '.vscode', 'settings.json'), '{\n  "kext.target": "simulated"\n}\n');
}

function ask(folder: string, ...choices: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Open the Demo Kext'),
    placeHolder: vscode.l10n.t('There is a copy in {0}', folder),
  });
}

async function freeFolder(wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const folder = number === 1 ? wanted : `${wanted}-${number}`;
    const taken = await stat(folder).catch(() => undefined);
    if (taken === undefined) return folder;
  }
}
