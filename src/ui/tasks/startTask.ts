import * as vscode from 'vscode';
import { exitStatus } from '../../report/exitStatus.ts';
import { untrustedText } from '../session/emptyReason.ts';
import type { KextSession } from '../session/kextSession.ts';
import type { OpenedKext, SessionWorld } from '../session/sessionWorld.ts';
import { subjectOf } from '../session/targetFindings.ts';
import { unlinked } from '../unlinked.ts';
import type { OperationQueue } from '../work/operationQueue.ts';
import { type OperationVerb, operationTitle } from '../work/operationTitle.ts';
import { askFolderTask } from './askFolderTask.ts';
import type { TaskFolder } from './folderOfTask.ts';
import { readTaskDefinition } from './taskDefinition.ts';
import { findTaskKext } from './taskKext.ts';
import { TaskMistake } from './taskMistake.ts';
import { TaskRun } from './taskRun.ts';
import type { TaskOutput } from './taskTerminal.ts';
import { taskWork } from './taskWork.ts';

/** What the tasks work with. */
export interface TaskParts {
  readonly session: KextSession;
  readonly queue: OperationQueue;
  readonly world: SessionWorld;
}

/** A task that was started. */
export interface StartedTask {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly place: TaskFolder<vscode.WorkspaceFolder>;
  /** Nobody but the folder may have started it. */
  readonly byFolder: boolean;
}

/** Runs a task in its terminal and gives its exit status. */
export async function startTask(task: StartedTask, parts: TaskParts, output: TaskOutput): Promise<number> {
  const run = new TaskRun(output);
  try {
    return await start(task, parts, output, run);
  } catch (error) {
    return run.fail(error);
  } finally {
    // The kernel was let finish, and the terminal that would have told it is gone.
    if (output.isClosed && run.ending !== undefined) void vscode.window.showInformationMessage(unlinked(run.ending));
  }
}

async function start(
  { definition, place, byFolder }: StartedTask,
  { session, queue, world }: TaskParts,
  output: TaskOutput,
  run: TaskRun,
): Promise<number> {
  if (!vscode.workspace.isTrusted) {
    output.write(`${untrustedText()}\n`);
    return exitStatus.refused;
  }
  const task = readTaskDefinition(definition, world.targetNamed);
  if ('problem' in task) return run.fail(new TaskMistake(task.problem));
  if ('problem' in place) return run.fail(new TaskMistake(place.problem));
  const { work, title, builds, changesTarget } = taskWork(task.action);
  const open = () => findTaskKext(task, place.folder, { session, world }, output.signal);
  const kext = await open();
  if (byFolder && changesTarget && !(await mayBegin(title, kext, output))) return exitStatus.cancelled;
  // The session knows its kext only once it has looked at it.
  await session.refresh();
  const { bundleIdentifier } = kext.project;
  return run.run(queue, {
    title,
    work,
    kext: { bundleIdentifier, subject: subjectOf(kext), open },
    replacesItself: builds,
  });
}

async function mayBegin(title: OperationVerb, { project, target }: OpenedKext, output: TaskOutput): Promise<boolean> {
  output.write('This task was started by opening the folder: it waits for your answer to the notification.\n');
  const may = await askFolderTask(operationTitle(title, project.bundleIdentifier, target.called), output.signal);
  if (!may) output.write('Nothing was done.\n');
  return may;
}
