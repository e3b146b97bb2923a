import { buildKext } from '../operations/buildKext.ts';
import { installKext } from '../operations/installKext.ts';
import { loadKext } from '../operations/loadKext.ts';
import type { OperationResult } from '../operations/operation.ts';
import { reloadKext } from '../operations/reload.ts';
import { uninstallKext } from '../operations/uninstallKext.ts';
import { unloadKext } from '../operations/unload.ts';
import type { Work } from './operationQueue.ts';
import type { OperationVerb } from './operationTitle.ts';
import type { TaskAction } from './taskDefinition.ts';

/** What an action of a task does and is. */
export interface TaskWork {
  readonly work: Work<OperationResult>;
  readonly title: OperationVerb;
  /** It makes a product: VS Code lists it among the build tasks, and it takes the place of one that is building. */
  readonly builds: boolean;
  /** It changes what the target holds: opening a folder alone does not start it. */
  readonly changesTarget: boolean;
}

const works: Readonly<Record<TaskAction, TaskWork>> = {
  build: { title: 'Build', work: buildKext, builds: true, changesTarget: false },
  install: { title: 'Install', work: installKext, builds: false, changesTarget: false },
  load: { title: 'Load', work: loadKext, builds: false, changesTarget: true },
  unload: { title: 'Unload', work: unloadKext, builds: false, changesTarget: true },
  reload: { title: 'Reload', work: reloadKext, builds: true, changesTarget: true },
  uninstall: { title: 'Uninstall', work: uninstallKext, builds: false, changesTarget: true },
};

/** The work of an action. */
export function taskWork(action: TaskAction): TaskWork {
  return works[action];
}
