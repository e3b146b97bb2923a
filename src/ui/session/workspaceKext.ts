import * as vscode from 'vscode';
import { findKexts } from '../../operations/project/findKexts.ts';
import {
  type FoundKext,
  type FoundKexts,
  type KextProject,
  mistakeIn,
  openKextProject,
  type ProjectProblem,
} from '../../operations/project/kextProject.ts';
import { readBuildCommand } from '../settings/buildCommand.ts';
import { settingProblem } from '../settings/settingProblem.ts';
import type { BuildChoices } from './buildChoices.ts';
import { chosenKext, type KextChoice } from './chosenKext.ts';
import type { EmptyReason } from './emptyReason.ts';

/** A kext project with its settings, or why there is none. */
export type FoundProject =
  | {
      readonly project: KextProject;
      /** As the settings have it, whatever that is. */
      readonly configuredTarget: unknown;
      /** The workspace folder whose settings those are. */
      readonly settingsFolder: string;
    }
  | {
      readonly reason: EmptyReason;
      readonly problem: ProjectProblem | undefined;
      /** Of the folder with the mistake. */
      readonly configuredTarget?: unknown;
    };

/** The kext project of this window, and all the kexts that could be it. */
export type WorkspaceKext = FoundProject & { readonly kexts: readonly FoundKext[] };

/** Finds the kexts in the workspace's folders and opens the chosen one. */
export async function findWorkspaceKext(
  choice: KextChoice,
  builds: BuildChoices,
  signal: AbortSignal,
): Promise<WorkspaceKext> {
  const { workspaceFolders = [] } = vscode.workspace;
  const folders = workspaceFolders.filter(({ uri }) => uri.scheme === 'file');
  const none = workspaceFolders.length === 0 ? 'noFolder' : 'virtual';
  if (folders.length === 0) return { kexts: [], reason: none, problem: undefined };
  const found = await Promise.all(folders.map(each => findInFolder(each, builds)));
  const kexts = found.flatMap(each => each.kexts);
  const kext = chosenKext(kexts, choice);
  const folder = folders.find(({ uri }) => uri.fsPath === kext?.root);
  if (kext === undefined || folder === undefined) return noneOf(folders, found);
  const { command, configuredTarget } = kextSettings(folder);
  const others = kexts.filter(other => other !== kext);
  const xcode = vscode.workspace.isTrusted ? await builds.xcode() : undefined;
  const buildCommand = 'problem' in command ? [] : command;
  const project = await openKextProject(kext, others, { buildCommand, xcode }, signal);
  const settingsFolder = folder.uri.fsPath;
  if ('problem' in command) {
    const problem = await settingProblem('kext.build.command', command.problem, settingsFolder);
    const reason = problem.position === undefined ? 'wrongSetting' : 'problem';
    return { kexts, reason, problem, configuredTarget };
  }
  const mistake = mistakeIn(project);
  if (mistake !== undefined) return { kexts, reason: 'problem', problem: mistake, configuredTarget };
  return { kexts, project, configuredTarget, settingsFolder };
}

/** A command that cannot be read was meant to build something. */
function findInFolder(folder: vscode.WorkspaceFolder, { choiceOf }: BuildChoices): Promise<FoundKexts> {
  const { command } = kextSettings(folder);
  const buildCommand = 'problem' in command ? ['make'] : command;
  return findKexts(folder.uri.fsPath, { buildCommand, choiceOf });
}

function noneOf(folders: readonly vscode.WorkspaceFolder[], found: readonly FoundKexts[]): WorkspaceKext {
  const kexts = found.flatMap(each => each.kexts);
  if (kexts.length > 0) return { kexts, reason: 'severalKexts', problem: undefined };
  // A mistake in an Info.plist says more than that a folder has none.
  const at = found.findIndex(({ problems }) => problems.length > 0);
  const [folder, problem] = [folders[at], found[at]?.problems[0]];
  if (folder === undefined || problem === undefined) return { kexts, reason: 'noProject', problem: undefined };
  return { kexts, reason: 'problem', problem, configuredTarget: kextSettings(folder).configuredTarget };
}

/** What a folder's settings say of its kext. */
export function kextSettings(folder: vscode.WorkspaceFolder): {
  readonly command: ReturnType<typeof readBuildCommand>;
  readonly configuredTarget: unknown;
} {
  const settings = vscode.workspace.getConfiguration('kext', folder.uri);
  const command = readBuildCommand(settings.get('build.command'));
  return { command, configuredTarget: settings.get<unknown>('target') };
}
