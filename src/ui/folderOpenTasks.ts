/** The part of a task in a tasks.json that says what it is, and what starts it. */
interface TaskEntry {
  readonly type?: unknown;
  readonly label?: unknown;
  readonly runOptions?: { readonly runOn?: unknown };
  readonly dependsOn?: unknown;
}

type Definition = Readonly<Record<string, unknown>>;

/** What tells one task of the type `kext` from another. */
const identity = ['type', 'action', 'project', 'target'];

/**
 * Whether opening the folder starts the task: an entry of its tasks.json has `runOn: folderOpen` and is the task, or
 * depends on it, by whatever way. `entries` and `definition` as they are written, variables unresolved.
 */
export function startsWithFolder(entries: readonly unknown[], definition: Definition): boolean {
  const tasks = entries.filter(isObject) as readonly (TaskEntry & Definition)[];
  const reached = tasks.filter(({ runOptions }) => isObject(runOptions) && runOptions.runOn === 'folderOpen');
  for (const entry of reached) {
    if (isSame(entry, definition)) return true;
    for (const name of listOf(entry.dependsOn)) {
      if (names(name, definition)) return true;
      const next = tasks.filter(each => isNamed(each, name) && !reached.includes(each));
      reached.push(...next);
    }
  }
  return false;
}

/** Another task is named by its label, or by what tells it from others. */
function isNamed(entry: TaskEntry & Definition, name: unknown): boolean {
  return isObject(name) ? isSame(entry, name) : name === labelOf(entry);
}

/** A task that stands in no tasks.json is named by the label under which it is offered, too. */
function names(name: unknown, definition: Definition): boolean {
  return isObject(name) ? isSame(name, definition) : name === `kext: ${definition.action}`;
}

function labelOf({ label, type, action }: TaskEntry & Definition): unknown {
  return label ?? `${type}: ${action}`;
}

function isSame(one: Definition, other: Definition): boolean {
  return identity.every(key => one[key] === other[key]);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
