import { readDemo } from './renamedDemo.ts';
import { openBench, prepareKernel } from './simulatedBench.ts';
import { openSshMac } from './sshMac.ts';
import { openSshMacBridge } from './sshMacBridge.ts';
import type { SuiteWindow } from './vscodeSuites.ts';

/** A window on a kext that is loaded on a Mac over SSH, which nobody has chosen so far. */
export async function sshWindow(cleanup: AsyncDisposableStack): Promise<SuiteWindow> {
  await prepareKernel();
  const bench = await openBench(await readDemo());
  cleanup.defer(() => bench.remove());
  await bench.reload();
  const mac = cleanup.use(await openSshMac(bench.state));
  const owner = { load: bench.reload, open: () => bench.exercise('winchlock') };
  const { url } = cleanup.use(await openSshMacBridge(mac.server, owner));
  const environment = { ...mac.environment, KEXT_DEV_SSH_MAC_URL: url };
  return { tests: 'ssh', trusted: true, folder: bench.project, environment };
}
