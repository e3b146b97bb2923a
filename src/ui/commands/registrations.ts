import * as vscode from 'vscode';
import { taskType } from '../tasks/taskType.ts';
import type { KextWork } from '../work/kextWork.ts';
import { readPart } from '../work/readPart.ts';
import { commandIds } from './commandIds.ts';

/**
 * Registers every command of the manifest; what they do is read when the first of them runs. `failed` gets what one rejects with: VS Code
 * would say of it no more than that the command has failed.
 */
export function registerCommands(
  work: () => Promise<Pick<KextWork, 'commands'>>,
  failed: (error: unknown) => void,
): vscode.Disposable {
  const registered = commandIds.map(id =>
    vscode.commands.registerCommand(id, async argument => {
      try {
        return await (await work()).commands[id](argument);
      } catch (error) {
        return failed(error);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** Registers the tasks of the type `kext`, likewise. */
export function registerTasks(work: () => Promise<KextWork>): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(taskType, {
    provideTasks: async () => (await work()).tasks.provideTasks(),
    resolveTask: async task => (await work()).tasks.resolveTask(task),
  });
}

/** Explains messages and codes under the pointer in the log; `failuresFolder`: the pages that ship. */
export function registerErrorHover(failuresFolder: string): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { scheme: 'output', language: 'log' },
    {
      provideHover: async (document, position) => {
        const { errorHover } = await readPart(() => import('../explain/errorHover.ts'));
        return errorHover(document, position, failuresFolder);
      },
    },
  );
}
