import { capabilitiesOf } from '../../model/capabilities.ts';
import type { Kext } from '../../model/kext.ts';
import { loadedKexts } from '../../tools/loadedKexts.ts';
import { ask } from '../../tools/port/runner.ts';
import type { Target } from '../../tools/port/target.ts';
import { TargetLost } from '../../tools/port/toolErrors.ts';
import { neverCancelled } from '../neverCancelled.ts';
import { readSystem } from './readSystem.ts';

/** What the target lists as loaded. Rejects as Runner.run does, and with UnknownToolText. */
export async function listedKexts(target: Target, signal: AbortSignal): Promise<readonly Kext[]> {
  return ask(target.runner, loadedKexts(capabilitiesOf(await readSystem(target, signal))), signal);
}

/** The same after something went wrong: undefined where the list cannot be read. Rejects with TargetLost alone. */
export async function listedAfterwards(target: Target): Promise<readonly Kext[] | undefined> {
  try {
    return await listedKexts(target, neverCancelled());
  } catch (error) {
    if (error instanceof TargetLost) throw error;
    return undefined;
  }
}
