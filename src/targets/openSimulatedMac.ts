import { sharedWork } from '../model/sharedWork.ts';
import type { OtherKexts } from '../simulator/journalEvent.ts';
import { buildKernel } from '../simulator/kernelProgram.ts';
import { SimulatedMac } from '../simulator/simulatedMac.ts';
import type { Scenario } from '../simulator/systems/simulatedSystem.ts';
import { defaultScenario } from '../simulator/systems/simulatedSystems.ts';
import type { Runner } from '../tools/port/runner.ts';
import { SimulatedMacTarget } from './simulatedMacTarget.ts';

/** Where the Simulated Mac's parts are on this machine. */
export interface SimulatedMacPlaces {
  /** Its sources, as they ship. */
  readonly sources: string;
  readonly cache: string;
  readonly state: string;
  /** Which system it is; of a state that is there already, what that says. */
  readonly scenario?: Scenario;
  /** What it lists besides Apple's libraries, from its next start on. */
  readonly otherKexts?: OtherKexts;
}

/**
 * The Simulated Mac whose state is in that folder. Its kernel is built when it is first asked for something; `log` gets
 * every call of its tools.
 */
export function openSimulatedMac(
  { sources, cache, state, scenario = defaultScenario, otherKexts }: SimulatedMacPlaces,
  host: Runner,
  log: (text: string) => void,
): SimulatedMacTarget {
  const kernel = sharedWork(signal => buildKernel(sources, cache, host, signal));
  const mac = new SimulatedMac(state, kernel, host, { scenario, ...(otherKexts && { otherKexts }) });
  return new SimulatedMacTarget({ mac, kernel, state, scenario, log });
}
