import { resolve, sep } from 'node:path';
import * as vscode from 'vscode';
import { findKextProject, type XcodeWish } from '../../operations/project/findKextProject.ts';
import type { ProjectProblem } from '../../operations/project/kextProject.ts';
import { projectProblemText } from '../../report/projectProblemText.ts';
import type { KextSession } from '../session/kextSession.ts';
import type { OpenedKext, SessionWorld } from '../session/sessionWorld.ts';
import { type FoundProject, findWorkspaceKext, kextSettings } from '../session/workspaceKext.ts';
import type { KextTask } from './taskDefinition.ts';
import { TaskMistake } from './taskMistake.ts';

/**
 * The kext that a task is about, on its target: that of its folder, as `project` says, else the window's. Rejects with
 * TaskMistake.
 */
export async function findTaskKext(
  task: KextTask,
  folder: vscode.WorkspaceFolder | undefined,
  { session, world }: { readonly session: KextSession; readonly world: SessionWorld },
  signal: AbortSignal,
): Promise<OpenedKext> {
  const found = await findProject(task, folder, { session, world }, signal);
  if ('reason' in found) throw new TaskMistake(nothingFound(found.problem, task.project));
  const { target } = task;
  const chosen = target === undefined ? session.chosenTarget(found.configuredTarget) : { id: target };
  if (chosen === undefined)
    throw new TaskMistake('No target is chosen: the task has no target, and neither has the window.');
  if ('problem' in chosen) throw new TaskMistake(chosen.problem);
  return world.open(found.project, chosen.id, session.kexts);
}

/** A task that names no project means the window's, where that lies in the task's folder. */
async function findProject(
  { project, xcode: choice }: KextTask,
  folder: vscode.WorkspaceFolder | undefined,
  { session, world: { builds } }: { readonly session: KextSession; readonly world: SessionWorld },
  signal: AbortSignal,
): Promise<FoundProject> {
  const wish = { choice, choiceOf: builds.choiceOf, xcode: await builds.xcode() };
  const says = Object.values(choice).some(value => value !== undefined);
  const base = folder ?? vscode.workspace.workspaceFolders?.[0];
  if ((project !== undefined || says) && base !== undefined) return findInFolder(base, project ?? '.', wish, signal);
  const found = await findWorkspaceKext(session.kextChoice(), builds, signal);
  if (folder === undefined) return found;
  const isThere = 'project' in found && `${found.project.folder}${sep}`.startsWith(`${folder.uri.fsPath}${sep}`);
  return isThere ? found : findInFolder(folder, '.', wish, signal);
}

async function findInFolder(
  folder: vscode.WorkspaceFolder,
  project: string,
  wish: XcodeWish,
  signal: AbortSignal,
): Promise<FoundProject> {
  const { command, configuredTarget } = kextSettings(folder);
  if ('problem' in command) return { reason: 'problem', problem: command };
  const found = await findKextProject(resolve(folder.uri.fsPath, project), command, signal, wish);
  if ('problem' in found) return { reason: 'problem', problem: found };
  return { project: found, configuredTarget, settingsFolder: folder.uri.fsPath };
}

function nothingFound(problem: ProjectProblem | undefined, project: string | undefined): string {
  const text = problem === undefined ? 'No folder of this window has a kext project.' : projectProblemText(problem);
  return project === undefined ? text : `The task has the project ${JSON.stringify(project)}: ${text}`;
}
