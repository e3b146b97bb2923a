import { join } from 'node:path';
import { macosName } from '../model/capabilities.ts';
import { type Scenario, type SimulatedSystem, scenarios } from '../simulator/systems/simulatedSystem.ts';
import { defaultScenario, simulatedSystem } from '../simulator/systems/simulatedSystems.ts';

/** One of the Simulated Macs, as a person chooses among them. */
export interface SimulatedMacChoice {
  readonly scenario: Scenario;
  /** `simulated`, `simulated:macos-15` */
  readonly id: string;
  /** `Simulated Mac`, `Simulated Mac (macOS 15)` */
  readonly name: string;
  readonly description: string;
}

/** All of them, the default one first. */
export function simulatedMacChoices(): readonly SimulatedMacChoice[] {
  return scenarios.map(simulatedMacChoice);
}

/** The Simulated Mac that is called so; undefined for what is none. `simulated:macos-10.15` is the default one, too. */
export function simulatedMacNamed(targetId: string): SimulatedMacChoice | undefined {
  const [kind, scenario = defaultScenario, ...more] = targetId.split(':');
  const known = scenarios.find(each => each === scenario);
  return kind === 'simulated' && more.length === 0 && known !== undefined ? simulatedMacChoice(known) : undefined;
}

/** One of them. */
export function simulatedMacChoice(scenario: Scenario): SimulatedMacChoice {
  const { version, architecture, unloads, auxiliaryCollection } = simulatedSystem(scenario);
  const isDefault = scenario === defaultScenario;
  const processor = architecture === 'x86_64' ? 'Intel' : 'Apple silicon';
  const usual = auxiliaryCollection ? 'a kext needs approval and a restart' : 'runs your driver, needs no Mac';
  const told = unloadsTold[unloads];
  const system = macosName({ version });
  return {
    scenario,
    id: isDefault ? 'simulated' : `simulated:${scenario}`,
    name: isDefault ? 'Simulated Mac' : `Simulated Mac (${system}${told === undefined ? '' : `, ${told.name}`})`,
    description:
      told === undefined ? `${system} (${processor}) in user space; ${usual}` : `As ${system}; ${told.description}`,
  };
}

/** What is told of an unload that does not take the kext out. */
const unloadsTold: Readonly<
  Record<SimulatedSystem['unloads'], { readonly name: string; readonly description: string } | undefined>
> = {
  'at once': undefined,
  'at the restart': { name: 'kept', description: 'an unload says success, and the kext stays until the restart' },
  never: { name: 'fixed', description: 'an unload is refused, whatever the driver does' },
};

/** The folder of a Simulated Mac's state: of the default one the folder itself, of the others one in it. */
export function scenarioStateFolder(state: string, scenario: Scenario): string {
  return scenario === defaultScenario ? state : join(state, scenario);
}
