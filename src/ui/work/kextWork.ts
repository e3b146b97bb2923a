import type * as vscode from 'vscode';
import { type CommandParts, type KextCommands, kextCommands } from '../commands/kextCommands.ts';
import { KextTasks } from '../tasks/kextTasks.ts';
import { OperationQueue } from './operationQueue.ts';

/** All that is done when somebody asks for it: read and made when the first command or task is. */
export class KextWork implements vscode.Disposable {
  readonly commands: KextCommands;
  readonly tasks: KextTasks;

  constructor(parts: Omit<CommandParts, 'queue'>) {
    const { session, world, log } = parts;
    const queue = new OperationQueue(session, log);
    this.commands = kextCommands({ ...parts, queue });
    this.tasks = new KextTasks({ session, queue, world });
  }

  dispose(): void {
    this.tasks.dispose();
  }
}
