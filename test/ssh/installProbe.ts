import { installBundle } from '../../src/operations/install/installBundle.ts';
import { placeIn } from '../../src/operations/install/installPlace.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { SshTarget } from '../../src/targets/sshTarget.ts';

/** Installs a bundle on the Mac behind ssh, as a window or a terminal does that is killed in its middle. */
const [bundle = '', folder = '', state = ''] = process.argv.slice(2);
const parts = { host: 'macpro', environment: process.env, log: () => undefined, processes: new ProcessRunner() };
const { runner } = new SshTarget({ ...parts, state });
const place = placeIn(folder, 'Pump.kext', 'org.sample.driver.Pump');
await installBundle(runner, bundle, place, new AbortController().signal, sent => {
  if (sent > 0) process.send?.('copies');
});
