import { join } from 'node:path';
import { buildWhenStale } from './bundles.ts';
import type { DemoFiles } from './renamedDemo.ts';
import { type BenchMac, openBench, prepareKernel, type SimulatedBench } from './simulatedBench.ts';
import { writeSimulatedTools } from './simulatedTools.ts';
import { openSshServer, type SshServer } from './sshServer.ts';

/** A bench whose Simulated Mac is reached over SSH as well, as `mini`, by a user who is not root there. */
export interface FarSimulatedMac extends AsyncDisposable {
  readonly bench: SimulatedBench;
  readonly server: SshServer;
}

/** This process and those that it starts find the server's ssh from then on. */
export async function openFarSimulatedMac(files: DemoFiles, mac: BenchMac = {}): Promise<FarSimulatedMac> {
  await Promise.all([prepareKernel(), buildWhenStale()]);
  const bench = await openBench(files, mac);
  // The Mac is one of that system from its first start on.
  await bench.snapshot();
  const tools = join(bench.project, 'build', 'tools');
  await writeSimulatedTools(tools, bench.state);
  const server = await openSshServer({ PATH: `${tools}:/usr/bin:/bin`, KEXT_DEV_SIMULATED_UID: '501' });
  Object.assign(process.env, server.environment);
  return {
    bench,
    server,
    [Symbol.asyncDispose]: async () => {
      await server.remove();
      await bench.remove();
    },
  };
}
