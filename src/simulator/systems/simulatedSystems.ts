import type { Scenario, SimulatedSystem } from './simulatedSystem.ts';

const catalina: SimulatedSystem = {
  scenario: 'macos-10.15',
  productName: 'Mac OS X',
  version: '10.15.7',
  build: '19H2026',
  separator: '\t',
  darwin: '19.6.0',
  architecture: 'x86_64',
  kernelmanagerd: false,
  auxiliaryCollection: false,
  unloads: 'at once',
};

const ventura: SimulatedSystem = {
  ...catalina,
  scenario: 'macos-13',
  productName: 'macOS',
  version: '13.6',
  build: '22G120',
  separator: '\t\t',
  darwin: '22.6.0',
  kernelmanagerd: true,
  auxiliaryCollection: true,
};

const sequoia: SimulatedSystem = {
  ...ventura,
  scenario: 'macos-15',
  version: '15.6',
  build: '24G84',
  darwin: '24.6.0',
  architecture: 'arm64e',
};

const systems: Readonly<Record<Scenario, SimulatedSystem>> = {
  'macos-10.15': catalina,
  'macos-13': ventura,
  'macos-15': sequoia,
  'macos-13-kept': { ...ventura, scenario: 'macos-13-kept', unloads: 'at the restart' },
  'macos-15-kept': { ...sequoia, scenario: 'macos-15-kept', unloads: 'at the restart' },
  'macos-13-fixed': { ...ventura, scenario: 'macos-13-fixed', unloads: 'never' },
};

/** What a Simulated Mac is of which nothing else was said. */
export const defaultScenario: Scenario = 'macos-10.15';

/** The system of a scenario. */
export function simulatedSystem(scenario: Scenario): SimulatedSystem {
  return systems[scenario];
}
