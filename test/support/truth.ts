import { scenarios } from '../../src/simulator/systems/simulatedSystem.ts';
import { simulatedSystem } from '../../src/simulator/systems/simulatedSystems.ts';
import { readOnlyCalls } from '../../src/tools/captures/readOnlyCalls.ts';
import { kextload } from '../../src/tools/kextload.ts';
import { kextunload } from '../../src/tools/kextunload.ts';
import { storedCaptures } from '../unit/tools/captures.ts';
import { runScript } from './runScript.ts';
import { systemsIn, truthTable, truthText } from './truthTable.ts';

/** `npm run truth`: which call of the product was seen on which system, and how, by the captures' origins. */
await runScript(async () => {
  const calls = [
    ...readOnlyCalls({ classes: ['CLASS'], bundleIdentifier: 'org.sample.A' }),
    kextload('/private/tmp/kext-dev/A.kext'),
    kextunload('org.sample.A'),
  ];
  const simulated = scenarios.flatMap(scenario => systemsIn(simulatedSystem(scenario).version));
  const evidence = storedCaptures().map(({ seen, ...capture }) => ({
    ...capture,
    // Nobody saw the example of a man page happen.
    origin: /man page/.test(capture.macos) ? ('rebuilt' as const) : seen,
  }));
  console.log(truthText(truthTable(calls, evidence, simulated)));
  return 0;
});
