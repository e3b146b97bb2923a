import type { KernelEventResult } from './kernelAnswer.ts';
import type { SimulatedMac } from './simulatedMac.ts';

/** How long the Mac is left alone after an unload that came through, in seconds of its own time. */
const leftAloneSeconds = 10;

/**
 * Takes a kext out of the kernel, as its tools ask for it; undefined where the kernel does not let the tool go. Time stands
 * still between two questions, so some passes after an unload that came through: a timer or a thread of the kext that
 * outlived it runs into code that is gone, as on a Mac.
 */
export async function unloadKext(
  mac: SimulatedMac,
  identifier: string,
  signal: AbortSignal,
): Promise<KernelEventResult | undefined> {
  const unload = { event: 'unload', identifier, seconds: leftAloneSeconds } as const;
  const [result] = (await mac.happen([unload], signal)).results;
  return result?.running ? undefined : result;
}
