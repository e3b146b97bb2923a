import type { SimulatedMac } from './simulatedMac.ts';

/**
 * Takes a kext out of the kernel, as its tools ask for it. Time stands still between two questions, so some passes after
 * an unload that came through: a timer or a thread of the kext that outlived it runs into code that is gone, as on a Mac.
 */
export function unloadKext(
  mac: SimulatedMac,
  identifier: string,
  signal: AbortSignal,
): ReturnType<SimulatedMac['happen']> {
  return mac.happen([{ event: 'unload', identifier, seconds: 10 }], signal);
}
