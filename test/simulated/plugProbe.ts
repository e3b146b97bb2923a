import { once } from 'node:events';
import { buildKernel } from '../../src/simulator/kernelProgram.ts';
import { SimulatedMac } from '../../src/simulator/simulatedMac.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { SwitchRefused } from '../../src/tools/toolErrors.ts';

/** Plugs the devices in, one after another, once it is told to start; says which of them were not in already. */
const [state = '', sources = '', cache = '', ...devices] = process.argv.slice(2);
const { signal } = new AbortController();
const host = new ProcessRunner();
const program = await buildKernel(sources, cache, host, signal);
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
