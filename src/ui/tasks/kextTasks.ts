import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { FoundKext } from '../../operations/project/kextProject.ts';
import { isFilledIn } from '../../operations/project/productFit.ts';
import { calledAmong, calledInList } from '../session/calledAmong.ts';
import { findWorkspaceKext } from '../session/workspaceKext.ts';
import { operationTitle } from '../work/operationTitle.ts';
import { startsWithFolder } from './folderOpenTasks.ts';
import { startTask, type TaskParts } from './startTask.ts';
import { type TaskAction, taskActions } from './taskDefinition.ts';
import { TaskTerminal } from './taskTerminal.ts';
import { taskType } from './taskType.ts';
import { taskWork } from './taskWork.ts';
import { folderOf, hasSeveralFolders, projectIn, startedIn, writtenTasks } from './windowFolders.ts';

type Scope = NonNullable<vscode.Task['scope']>;

/** How long a look at the project may take, in ms. */
const longestLookMs = 30_000;

interface UsualDefinition extends vscode.TaskDefinition {
  readonly action: TaskAction;
}

/**
 * The tasks of the type `kext`: the usual ones of the window's kexts, and what a tasks.json says. Each is an operation
 * of the window's queue in a terminal of its own.
 */
export class KextTasks implements vscode.Disposable {
  readonly #parts: TaskParts;
  readonly #running = new Set<TaskTerminal>();
  readonly #seen = new Set<string>();

  constructor(parts: TaskParts) {
    this.#parts = parts;
  }

  async provideTasks(): Promise<vscode.Task[]> {
    if (!vscode.workspace.isTrusted) return [];
    const found = await findWorkspaceKext(
      this.#parts.session.kextChoice(),
      this.#parts.world.builds,
      AbortSignal.timeout(longestLookMs),
    );
    if (found.kexts.length > 1) return found.kexts.flatMap(kext => this.#ofOneAmongSeveral(kext, found.kexts));
    if ('reason' in found) return [];
    const { folder, bundleIdentifier } = found.project;
    const [only] = found.kexts;
    const called = only === undefined || isFilledIn(bundleIdentifier) ? bundleIdentifier : calledInList(only);
    const scope = folderOf(folder) ?? vscode.TaskScope.Workspace;
    const named = typeof scope === 'object' && hasSeveralFolders() ? { project: projectIn(scope, folder) } : {};
    return taskActions.map(action => this.#usual({ type: taskType, action, ...named }, scope, called));
  }

  /** Each task names the kext that it is about. */
  #ofOneAmongSeveral(kext: FoundKext, kexts: readonly FoundKext[]): readonly vscode.Task[] {
    const { infoPlist, xcode } = kext;
    const place = xcode?.build.projectFile ?? dirname(infoPlist.file);
    const scope = folderOf(place);
    if (scope === undefined) return [];
    const project = projectIn(scope, place);
    const isAlone = kexts.filter(other => other.xcode?.build.projectFile === place).length < 2;
    // Xcode has a scheme of each target's name.
    const named = xcode === undefined || isAlone ? { project } : { project, scheme: xcode.build.target };
    const called = calledAmong(kexts, kext, project);
    return taskActions.map(action =>
      this.#usual({ type: taskType, action, ...named }, scope, calledInList(kext), `${action} ${called}`),
    );
  }

  resolveTask({ definition, scope, name }: vscode.Task): vscode.Task {
    return this.#task(definition, scope ?? vscode.TaskScope.Workspace, name);
  }

  #usual(definition: UsualDefinition, scope: Scope, kext: string, name: string = definition.action): vscode.Task {
    const task = this.#task(definition, scope, name);
    const { title, builds } = taskWork(definition.action);
    task.detail = operationTitle(title, kext);
    if (builds) task.group = vscode.TaskGroup.Build;
    return task;
  }

  #task(definition: vscode.TaskDefinition, scope: Scope, name: string): vscode.Task {
    const folder = typeof scope === 'object' ? scope : undefined;
    const execution = new vscode.CustomExecution(async resolved => {
      const place = startedIn({ definition, resolved, folder });
      const byFolder = this.#mayBeByFolder({ definition, name }, JSON.stringify([resolved, place]));
      const started = { definition: resolved, place, byFolder };
      const terminal: TaskTerminal = new TaskTerminal(output =>
        startTask(started, this.#parts, output).finally(() => this.#running.delete(terminal)),
      );
      this.#running.add(terminal);
      return terminal;
    });
    // What a build found is a Problem already: no matcher reads it once more.
    return new vscode.Task(definition, scope, name, taskType, execution, []);
  }

  /**
   * VS Code tells nobody who started a task: neither a Task nor a TaskExecution has `runOn` or a reason. So the tasks are
   * read as they are written down, and of one that opening the folder starts the first start in this window counts as the
   * folder's; at worst who starts it by hand is asked once. `key`: what is started, and of which folder.
   */
  #mayBeByFolder(task: Pick<vscode.Task, 'definition' | 'name'>, key: string): boolean {
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    const entries = writtenTasks().flatMap(written => written.entries);
    return startsWithFolder(entries, task);
  }

  /** Ends what still runs as its terminal's end would. */
  dispose(): void {
    for (const terminal of this.#running) terminal.close();
  }
}
