import { capabilitiesOf } from '../model/capabilities.ts';
import { loadedKext } from '../model/snapshot.ts';
import { loadedKexts } from '../tools/loadedKexts.ts';
import { ask } from '../tools/runner.ts';
import { TargetLost } from '../tools/toolErrors.ts';
import { neverCancelled } from './neverCancelled.ts';
import type { Operation } from './operation.ts';
import { readSystem } from './readSystem.ts';

/** What the target lists of the kext after an operation went wrong: its UUID, and `unknown` where the list has none or cannot be read. */
export async function listedUuid({ project, target }: Pick<Operation, 'project' | 'target'>): Promise<string> {
  const signal = neverCancelled();
  try {
    const list = loadedKexts(capabilitiesOf(await readSystem(target, signal)));
    const kexts = await ask(target.runner, list, signal);
    const kext = loadedKext({ kexts }, project.bundleIdentifier);
    return kext === undefined ? 'notListed' : (kext.uuid ?? 'unknown');
  } catch (error) {
    if (error instanceof TargetLost) throw error;
    return 'unknown';
  }
}
