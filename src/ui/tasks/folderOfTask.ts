import { isAbsolute } from 'node:path';
import { isSameTask, isTaskDefinition, type TaskDefinition } from './sameTask.ts';

/** The tasks of one tasks.json, as they are written. */
export interface WrittenTasks<Folder> {
  /** Undefined for those of the workspace file and of the user. */
  readonly folder: Folder | undefined;
  readonly entries: readonly unknown[];
}

/** A task that was started. */
export interface StartedOf<Folder> {
  /** As it is written, variables unresolved. */
  readonly definition: TaskDefinition;
  /** The same, resolved for the folder of which it was started. */
  readonly resolved: TaskDefinition;
  /** Of which VS Code has made the task. */
  readonly folder: Folder | undefined;
}

/** The folder of a task, undefined for one of the workspace or the user; or why it cannot be known, in one sentence. */
export type TaskFolder<Folder> = { readonly folder: Folder | undefined } | { readonly problem: string };

/**
 * The folder whose task it is in a window with several; `folderOf` gives the one in which a path lies. VS Code keeps one execution for
 * all tasks with the same definition, whatever their folders, so that the one of which the task was made says nothing. What its
 * variables were resolved to does; else it is of the folder that has it written down, and where several have, it cannot be known.
 */
export function folderOfTask<Folder extends { readonly name: string }>(
  { definition, resolved: { project }, folder }: StartedOf<Folder>,
  written: readonly WrittenTasks<Folder>[],
  folderOf: (path: string) => Folder | undefined,
): TaskFolder<Folder> {
  const owner = typeof project === 'string' && isAbsolute(project) ? folderOf(project) : undefined;
  if (owner !== undefined) return { folder: owner };
  const having = written.filter(({ entries }) =>
    entries.some(entry => isTaskDefinition(entry) && isSameTask(entry, definition)),
  );
  const [first, ...others] = having;
  if (first === undefined) return { folder };
  if (others.length === 0) return { folder: first.folder };
  const places = having.map(each => each.folder?.name ?? 'the workspace').join(' and ');
  const way = `"project": "\${workspaceFolder}"`;
  return {
    problem: `The task stands in ${places}, and VS Code does not say which one is meant; expected ${way} in each.`,
  };
}
