/** What a task says that it is: an entry of a tasks.json, or a definition, as it is written. */
export type TaskDefinition = Readonly<Record<string, unknown>>;

/** Whether what somebody has written can say what a task is. */
export function isTaskDefinition(value: unknown): value is TaskDefinition {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every field that the manifest declares of a task of the type `kext`; by these alone VS Code tells one from another. */
const identity = ['type', 'action', 'project', 'target', 'scheme', 'configuration', 'arch'];

/** Whether the two are one task for VS Code: it looks neither at the label nor at the folder. */
export function isSameTask(one: TaskDefinition, other: TaskDefinition): boolean {
  return identity.every(key => (one[key] ?? undefined) === (other[key] ?? undefined));
}
