import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { KextProject, ProjectProblem } from '../operations/kextProject.ts';
import { readBuildCommand } from './buildCommand.ts';
import type { EmptyReason } from './emptyReason.ts';
import type { SessionWorld } from './sessionWorld.ts';
import { settingPosition } from './settingPosition.ts';

/** The kext project of this window, or why there is none. */
export type WorkspaceKext =
  | {
      readonly project: KextProject;
      /** As the settings name it. */
      readonly configuredTarget: string | undefined;
    }
  | { readonly reason: EmptyReason; readonly problem: ProjectProblem | undefined };

/** Looks for a kext project in the workspace's folders, first in the one of the active editor. */
export async function findWorkspaceKext(world: SessionWorld, signal: AbortSignal): Promise<WorkspaceKext> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0) return { reason: 'noFolder', problem: undefined };
  let problem: ProjectProblem | undefined;
  for (const folder of activeFirst(folders)) {
    const settings = vscode.workspace.getConfiguration('kext', folder.uri);
    const command = readBuildCommand(settings.get('build.command'));
    const found = await world.findProject(folder.uri.fsPath, 'problem' in command ? [] : command, signal);
    if (!('problem' in found)) {
      if ('problem' in command) return { reason: 'problem', problem: await placed(command.problem, folder, found) };
      const configuredTarget = settings.get<string>('target') || undefined;
      return { project: found, configuredTarget };
    }
    // A mistake in an Info.plist says more than that a folder has none.
    if (found.position !== undefined) problem ??= found;
  }
  return { reason: problem === undefined ? 'noProject' : 'problem', problem };
}

function activeFirst(folders: readonly vscode.WorkspaceFolder[]): readonly vscode.WorkspaceFolder[] {
  const active = vscode.window.activeTextEditor?.document.uri;
  const folder = active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active);
  return folder === undefined ? folders : [folder, ...folders.filter(other => other !== folder)];
}

/** The mistake at the setting where the folder has it, else at the Info.plist: Problems need a place. */
async function placed(problem: string, folder: vscode.WorkspaceFolder, project: KextProject): Promise<ProjectProblem> {
  const file = join(folder.uri.fsPath, '.vscode', 'settings.json');
  const text = await readFile(file, 'utf8').catch(() => '');
  const position = settingPosition(text, file, 'kext.build.command') ?? project.identifierPosition;
  return position === undefined ? { problem } : { problem, position };
}
