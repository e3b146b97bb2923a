import * as vscode from 'vscode';
import { readInstallPath } from '../../operations/install/installPlace.ts';
import type { KextProject } from '../../operations/project/kextProject.ts';

/** Where `kext.install.path` has builds of a project go; undefined where it says nothing. Throws where it names no such folder. */
export function installPathOf({ folder }: Pick<KextProject, 'folder'>): string | undefined {
  const setting = vscode.workspace.getConfiguration('kext', vscode.Uri.file(folder)).get<unknown>('install.path');
  const read = readInstallPath(setting);
  if (read.problem !== undefined) throw new Error(`kext.install.path is ${JSON.stringify(setting)}: ${read.problem}.`);
  return read.path;
}
