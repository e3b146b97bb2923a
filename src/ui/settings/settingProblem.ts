import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ProjectProblem } from '../../operations/project/kextProject.ts';
import { settingPosition } from './settingPosition.ts';

/** A mistake at the setting, where the workspace or its folder has it. One of the user's own settings has no place: VS Code tells nobody their file. */
export async function settingProblem(setting: string, problem: string, folder: string): Promise<ProjectProblem> {
  const file = fileOf(setting, folder);
  const text = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '');
  const position = file === undefined ? undefined : settingPosition(text, file, setting);
  return position === undefined ? { problem } : { problem, position };
}

/** The settings file that holds for a workspace folder. */
function fileOf(setting: string, folder: string): string | undefined {
  const settings = vscode.workspace.getConfiguration(undefined, vscode.Uri.file(folder));
  const written = settings.inspect<unknown>(setting);
  const value = JSON.stringify(settings.get<unknown>(setting));
  // What an untrusted workspace says stands here, too, and does not hold.
  const holds = (said: unknown) => said !== undefined && JSON.stringify(said) === value;
  const ofFolder = join(folder, '.vscode', 'settings.json');
  if (holds(written?.workspaceFolderValue)) return ofFolder;
  return holds(written?.workspaceValue) ? (vscode.workspace.workspaceFile?.fsPath ?? ofFolder) : undefined;
}
