import { once } from 'node:events';
import { SimulatedMac } from '../../src/simulator/simulatedMac.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { SwitchRefused } from '../../src/tools/port/toolErrors.ts';
import { prepareKernel } from '../support/simulatedBench.ts';

/** Plugs the devices in, one after another, once it is told to start; says which of them were not in already. */
const [state = '', ...devices] = process.argv.slice(2);
const { signal } = new AbortController();
const host = new ProcessRunner();
const program = await prepareKernel();
const mac = new SimulatedMac(state, async () => program, host);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
process.stdin.destroy();
for (const device of devices)
  try {
    await mac.plug(device, signal);
    process.stdout.write(`${device}\n`);
  } catch (error) {
    if (!(error instanceof SwitchRefused)) throw error;
  }
