import { isSameTask, isTaskDefinition, type TaskDefinition } from './sameTask.ts';

/** The part of a task in a tasks.json that says what it is, and what starts it. */
interface TaskEntry {
  readonly type?: unknown;
  readonly label?: unknown;
  readonly runOptions?: { readonly runOn?: unknown };
  readonly dependsOn?: unknown;
}

/** A task as VS Code has it: what it is, and the name under which it is offered. */
interface OfferedTask {
  readonly definition: TaskDefinition;
  readonly name: string;
}

/**
 * Whether opening the folder starts the task: an entry of its tasks.json has `runOn: folderOpen` and is the task, or
 * depends on it, by whatever way. `entries` and `definition` as they are written, variables unresolved; `name`: under which
 * the task is offered.
 */
export function startsWithFolder(entries: readonly unknown[], { definition, name }: OfferedTask): boolean {
  const tasks = entries.filter(isTaskDefinition) as readonly (TaskEntry & TaskDefinition)[];
  const reached = tasks.filter(({ runOptions }) => isTaskDefinition(runOptions) && runOptions.runOn === 'folderOpen');
  for (const entry of reached) {
    if (isSameTask(entry, definition)) return true;
    for (const needed of listOf(entry.dependsOn)) {
      // One that stands in no tasks.json is named by the label under which it is offered.
      if (isTaskDefinition(needed) ? isSameTask(needed, definition) : needed === `${definition.type}: ${name}`)
        return true;
      const next = tasks.filter(each => isNamed(each, needed) && !reached.includes(each));
      reached.push(...next);
    }
  }
  return false;
}

/** Another task is named by its label, or by what tells it from others. */
function isNamed(entry: TaskEntry & TaskDefinition, name: unknown): boolean {
  return isTaskDefinition(name) ? isSameTask(entry, name) : name === labelOf(entry);
}

function labelOf({ label, type, action }: TaskEntry & TaskDefinition): unknown {
  return label ?? `${type}: ${action}`;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
