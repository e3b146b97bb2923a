import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installBundle } from '../../../src/operations/install/installBundle.ts';
import { placeIn } from '../../../src/operations/install/installPlace.ts';
import { type Hold, ProcessRunner } from '../../../src/targets/processRunner.ts';
import { sshControlPath } from '../../../src/targets/sshControl.ts';
import { SshTarget } from '../../../src/targets/sshTarget.ts';
import type { ToolCommand } from '../../../src/tools/port/toolCommand.ts';
import { ensureTools } from '../debianPackages.ts';
import { openSshServer } from '../sshServer.ts';
import { elapsedMs, type Measured, median } from './measured.ts';

const { signal } = new AbortController();
const runs = 17;
const megabytes = 20;
const host = new ProcessRunner();

/** An install of a 20 MB bundle over SSH, from nothing to a proved copy of root's, against a bare rsync of it by the same connection, by turns. */
export async function sshInstall(): Promise<readonly Measured[]> {
  await ensureTools(['openssl', 'rsync']);
  const folder = await mkdtemp('/tmp/kd-install-');
  const server = await openSshServer();
  try {
    const { environment } = server;
    const bundle = join(folder, 'Pump.kext');
    await mkdir(join(bundle, 'Contents', 'MacOS'), { recursive: true });
    await writeFile(join(bundle, 'Contents', 'Info.plist'), '<plist/>');
    for (const part of ['Pump', 'Pump.resources'])
      await writeFile(join(bundle, 'Contents', 'MacOS', part), randomBytes((megabytes * 1_000_000) / 2));
    const runHeld = (command: ToolCommand<unknown>, stop: AbortSignal, hold: Hold) =>
      host.runHeld({ ...command, environment: { ...command.environment, ...environment } }, stop, hold);
    const parts = { host: 'mini', state: folder, environment, log: () => undefined };
    const target = new SshTarget({ ...parts, processes: { runHeld } });
    const place = placeIn(join(folder, 'installed'), 'Pump.kext', 'org.sample.Pump');
    const path = await sshControlPath('mini', environment);
    const rsync = async () => {
      const argv = ['-a', '-e', `ssh -o ControlPath=${path}`, bundle, `mini:${folder}/rsync/`];
      const command = { tool: 'rsync', argv, environment, asRoot: false, timeoutMs: 60_000, parse: () => undefined };
      const { exitCode, stderr } = await host.run(command, signal);
      if (exitCode !== 0) throw new Error(stderr);
    };
    const install = () => installBundle(target.runner, bundle, place, signal);
    const [installMs, rsyncMs]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < runs; turn++) {
      for (const there of ['installed', 'rsync'])
        await rm(join(folder, there, 'Pump.kext'), { recursive: true, force: true });
      const [ours, peers] = [await elapsedMs(install), await elapsedMs(rsync)];
      // The first of each opens the connection and fills the caches.
      if (turn === 0) continue;
      installMs.push(ours);
      rsyncMs.push(peers);
    }
    return [
      {
        name: `an install of ${megabytes} MB over SSH`,
        value: median(installMs),
        unit: 'ms',
        peer: 'a bare rsync',
        peerValue: median(rsyncMs),
        goal: { ratio: 1.5 },
      },
    ];
  } finally {
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
}
