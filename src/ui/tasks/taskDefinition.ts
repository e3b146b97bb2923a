import type { XcodeChoice } from '../../operations/xcode/xcodeBuild.ts';
import type { SessionWorld } from '../session/sessionWorld.ts';

/** What a task of the type `kext` can do, in the order of the manifest. */
export const taskActions = ['build', 'install', 'load', 'unload', 'reload', 'uninstall'] as const;

export type TaskAction = (typeof taskActions)[number];

/** A task of the type `kext` as it stands in a tasks.json. */
export interface KextTask {
  readonly action: TaskAction;
  /** A folder, relative to the workspace folder; undefined: the project of the folder. */
  readonly project: string | undefined;
  /** Undefined: the target that was chosen. */
  readonly target: string | undefined;
  /** How Xcode builds it; what is undefined is as it was chosen. */
  readonly xcode: XcodeChoice;
}

/** Reads a definition; a wrong one gives one sentence that names what is wrong and what is expected. */
export function readTaskDefinition(
  { action, project, target, scheme, configuration, arch }: Readonly<Record<string, unknown>>,
  targetNamed: SessionWorld['targetNamed'],
): KextTask | { readonly problem: string } {
  const known = taskActions.find(each => each === action);
  if (known === undefined) return wrong('action', action, `one of ${taskActions.join(', ')}`);
  if (!isAbsentOrText(project)) return wrong('project', project, 'a folder, relative to the workspace folder');
  if (!isAbsentOrText(target)) return wrong('target', target, 'the id of one, as "ssh:mini" or "simulated"');
  const named = target === undefined ? undefined : targetNamed(target);
  if (named !== undefined && 'problem' in named)
    return { problem: `The task has the target ${JSON.stringify(target)}: ${named.problem}.` };
  if (!isAbsentOrText(scheme)) return wrong('scheme', scheme, 'the name of an Xcode scheme');
  if (!isAbsentOrText(configuration)) return wrong('configuration', configuration, 'the name of a configuration');
  if (!isAbsentOrText(arch)) return wrong('arch', arch, 'the name of an architecture');
  return { action: known, project, target, xcode: { scheme, configuration, architecture: arch } };
}

function isAbsentOrText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function wrong(key: string, value: unknown, expected: string): { readonly problem: string } {
  const found = value === undefined ? `has no ${key}` : `has the ${key} ${JSON.stringify(value)}`;
  return { problem: `The task ${found}; expected ${expected}.` };
}
