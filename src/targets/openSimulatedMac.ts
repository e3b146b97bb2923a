import type { OtherKexts } from '../simulator/journalEvent.ts';
import { buildKernel, type KernelProgram } from '../simulator/kernelProgram.ts';
import { SimulatedMac } from '../simulator/simulatedMac.ts';
import type { Runner } from '../tools/runner.ts';
import { SimulatedMacTarget } from './simulatedMacTarget.ts';

/** Where the Simulated Mac's parts are on this machine. */
export interface SimulatedMacPlaces {
  /** Its sources, as they ship. */
  readonly sources: string;
  readonly cache: string;
  readonly state: string;
  /** What it lists besides Apple's libraries, from its next start on. */
  readonly otherKexts?: OtherKexts;
}

/**
 * The Simulated Mac whose state is in that folder. Its kernel is built when it is first asked for something; `log` gets
 * every call of its tools.
 */
export function openSimulatedMac(
  { sources, cache, state, otherKexts }: SimulatedMacPlaces,
  host: Runner,
  log: (text: string) => void,
): SimulatedMacTarget {
  let built: Promise<KernelProgram> | undefined;
  const kernel = (signal: AbortSignal) => {
    built ??= buildKernel(sources, cache, host, signal).catch(error => {
      built = undefined;
      throw error;
    });
    return built;
  };
  return new SimulatedMacTarget({ mac: new SimulatedMac(state, kernel, host, otherKexts), kernel, state, log });
}
