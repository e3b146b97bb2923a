import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handedOn } from '../../../src/operations/captures/heardOperation.ts';
import { readSnapshot } from '../../../src/operations/kernel/snapshot.ts';
import { type Hold, ProcessRunner } from '../../../src/targets/processRunner.ts';
import { sshControlPath } from '../../../src/targets/sshControl.ts';
import { SshTarget } from '../../../src/targets/sshTarget.ts';
import type { ToolCommand } from '../../../src/tools/port/toolCommand.ts';
import { CountingRunner } from '../countingRunner.ts';
import { answeringTarget, fullMac } from '../fullMac.ts';
import { openSshServer } from '../sshServer.ts';
import { elapsedMs, type Measured, median } from './measured.ts';

const { signal } = new AbortController();
const runs = 40;
const host = new ProcessRunner();

/**
 * A refresh over SSH with the connection open, and its asking without the reading of what came, each against one
 * `ssh host true` on the same connection and the refresh's tools alone, one after another: by turns, on a far side whose tools
 * print what those of a full Mac do.
 */
export async function sshRefresh(): Promise<readonly Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-tools-'));
  const server = await openSshServer({ PATH: `${folder}:/usr/bin:/bin` });
  try {
    const { environment } = server;
    const commands = await writeTools(folder);
    const runHeld = (command: ToolCommand<unknown>, stop: AbortSignal, hold: Hold) =>
      host.runHeld({ ...command, environment: { ...command.environment, ...environment } }, stop, hold);
    const target = new SshTarget({
      host: 'mini',
      state: folder,
      environment,
      processes: { runHeld },
      log: () => undefined,
    });
    const refresh = () => readSnapshot(target, [], signal);
    const asking = () => target.runner.runTogether(commands, signal);
    const path = await sshControlPath('mini', environment);
    const bare = () =>
      run('ssh', ['-o', 'BatchMode=yes', '-o', `ControlPath=${path}`, '--', 'mini', 'true'], environment);
    const alone = async () => {
      for (const { tool } of commands) await run(join(folder, tool), []);
    };
    const [refreshMs, askingMs, bareMs, aloneMs]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (const warm of [refresh, refresh, bare, alone]) await warm();
    for (let turn = 0; turn < runs; turn++) {
      refreshMs.push(await elapsedMs(refresh));
      askingMs.push(await elapsedMs(asking));
      bareMs.push(await elapsedMs(bare));
      aloneMs.push(await elapsedMs(alone));
    }
    const against = {
      unit: 'ms',
      peer: `ssh host true (${median(bareMs).toFixed(1)} ms) and its tools`,
      peerValue: median(bareMs) + median(aloneMs),
      goal: { ratio: 1.3 },
    } as const;
    return [
      { ...against, name: 'a refresh over SSH, its connection open', value: median(refreshMs) },
      { ...against, name: 'its asking alone', value: median(askingMs) },
    ];
  } finally {
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Executables that print what a full Mac's tools do; gives those that a refresh runs on an open connection. */
async function writeTools(folder: string): Promise<readonly ToolCommand<unknown>[]> {
  const mac = answeringTarget(fullMac({ kexts: 200, classes: 1500 }));
  const runner = new CountingRunner(mac.runner);
  await readSnapshot({ ...handedOn(mac), runner }, [], signal);
  const trips = runner.takeTrips();
  for (const command of trips.flat()) {
    const { stdout } = await mac.runner.run(command, signal);
    const file = join(folder, command.tool);
    await writeFile(`${file}.txt`, stdout);
    await writeFile(file, `#!/bin/sh\nexec cat '${file}.txt'\n`);
    await chmod(file, 0o755);
  }
  return trips.at(-1) ?? [];
}

async function run(tool: string, argv: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { exitCode } = await host.run(
    { tool, argv, environment, asRoot: false, timeoutMs: 60_000, parse: () => undefined },
    signal,
  );
  if (exitCode !== 0) throw new Error(`${tool} ended with ${exitCode}`);
}
