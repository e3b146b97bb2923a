import type { OperationResult } from '../../operations/operation.ts';
import { lazyWork } from '../work/lazyWork.ts';
import type { Work } from '../work/operationQueue.ts';
import type { OperationVerb } from '../work/operationTitle.ts';
import type { TaskAction } from './taskDefinition.ts';

/** What an action of a task does and is. */
export interface TaskWork {
  readonly work: Work<OperationResult>;
  readonly title: OperationVerb;
  /** It makes a product: VS Code lists it among the build tasks, and it takes the place of itself while that is building. */
  readonly builds: boolean;
  /** It changes what the target holds: opening a folder alone does not start it. */
  readonly changesTarget: boolean;
}

const byAction: Readonly<Record<TaskAction, TaskWork>> = {
  build: { title: 'Build', work: lazyWork('build'), builds: true, changesTarget: false },
  install: { title: 'Install', work: lazyWork('install'), builds: false, changesTarget: true },
  load: { title: 'Load', work: lazyWork('load'), builds: false, changesTarget: true },
  unload: { title: 'Unload', work: lazyWork('unload'), builds: false, changesTarget: true },
  reload: { title: 'Reload', work: lazyWork('reload'), builds: true, changesTarget: true },
  uninstall: { title: 'Uninstall', work: lazyWork('uninstall'), builds: false, changesTarget: true },
};

/** The work of an action. */
export function taskWork(action: TaskAction): TaskWork {
  return byAction[action];
}
