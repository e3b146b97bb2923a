import { approveKext } from '../../operations/approve.ts';
import { buildKext } from '../../operations/buildKext.ts';
import { exerciseDriver } from '../../operations/exercise.ts';
import { findStaleCopies, removeStaleCopies } from '../../operations/install/staleCopies.ts';
import { installKext } from '../../operations/installKext.ts';
import { loadKext } from '../../operations/loadKext.ts';
import { planReload } from '../../operations/planReload.ts';
import { interruptedOperation } from '../../operations/record/interruptedOperation.ts';
import { finishReload, reloadKext } from '../../operations/reload.ts';
import { resetSimulatedMac, restartSimulatedMac } from '../../operations/restart.ts';
import { loadShelved } from '../../operations/shelf/loadShelved.ts';
import { turnSwitch } from '../../operations/turnSwitch.ts';
import { uninstallKext } from '../../operations/uninstallKext.ts';
import { onForeignKext } from '../../operations/unload/foreignKext.ts';
import { unloadKext } from '../../operations/unload.ts';
import { unloadOther } from '../../operations/unloadOther.ts';

/** What is done to a kext, with all that its diagnosis needs: lazyWork.ts reads this file when it is first asked for. */
export const works = {
  build: buildKext,
  install: installKext,
  load: loadKext,
  unload: unloadKext,
  reload: reloadKext,
  finishReload,
  uninstall: uninstallKext,
};

/** What is done to the Simulated Mac. */
export const simulatedWorks = {
  exercise: exerciseDriver,
  approve: approveKext,
  restart: restartSimulatedMac,
  reset: resetSimulatedMac,
  turnSwitch,
};

/** What is asked for about a target, or done to it, without a project's record. */
export const targetWorks = {
  planReload,
  onForeignKext,
  unloadOther,
  interruptedOperation,
  findStaleCopies,
  removeStaleCopies,
};

/** What is done with a build from the shelf. */
export const shelfWorks = { loadShelved };
