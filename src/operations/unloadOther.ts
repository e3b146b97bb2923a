import { isApple } from '../model/kext.ts';
import type { Target } from '../tools/target.ts';
import { attemptUnload, type Unloading } from './attemptUnload.ts';
import { neverCancelled } from './neverCancelled.ts';

/**
 * Unloads a kext that is no project's: of its source nothing is known, so what is found has no place. Rejects for a kext of
 * Apple's, and as Runner.run does.
 */
export function unloadOther(target: Target, bundleIdentifier: string, signal: AbortSignal): Promise<Unloading> {
  if (isApple(bundleIdentifier)) throw new Error(`${bundleIdentifier} is Apple's, and is never touched.`);
  const kext = {
    bundleIdentifier,
    classes: [],
    declarations: async () => [],
    providerOf: () => undefined,
    anchorOf: () => undefined,
  };
  // Once the kernel was asked there is no way back.
  return target.exclusively(bundleIdentifier, signal, () => attemptUnload(kext, target, neverCancelled()));
}
