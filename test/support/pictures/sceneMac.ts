import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildWhenStale } from '../bundles.ts';
import { benchOn, prepareKernel, type SimulatedBench } from '../simulatedBench.ts';
import { writeSimulatedTools } from '../simulatedTools.ts';
import { openSshMac } from '../sshMac.ts';
import type { SshServer } from '../sshServer.ts';
import type { SceneMac } from './scene.ts';

/** The Mac of a scene while it lasts. */
export interface OpenSceneMac extends AsyncDisposable {
  /** For the process of VS Code. */
  readonly environment: Readonly<Record<string, string>>;
  readonly server: SshServer | undefined;
  /** The folder with its executables. */
  readonly tools: string;
}

/** Its own kext is loaded, as the project has it. */
export const loadedOverSsh: SceneMac = { reached: 'over SSH, as mini', arrange: ({ reload }) => reload() };

/** `folder`: of the project; `scratch`: for what the Mac is made of. */
export async function openSceneMac(mac: SceneMac, folder: string, scratch: string): Promise<OpenSceneMac> {
  const state = join(scratch, 'mac');
  const { scenario, arrange, reached } = mac;
  const kernel = await prepareKernel();
  const bench = benchOn(folder, state, undefined, scenario === undefined ? {} : { scenario });
  // The Mac is one of that system from its first start on.
  await bench.snapshot();
  await arrange(bench);
  // The demo builds for no other system than the Simulated Mac; whose target it is on does not matter to its Makefile.
  const build = { SIMULATED_MAC: kernel.folder, SIMULATED_ARCHITECTURE: 'x86_64' };
  if (reached === 'here') return openHere(state, scratch, build);
  const { server, environment, ...far } = await openSshMac(state);
  return { ...far, server, tools: join(server.folder, 'tools'), environment: { ...environment, ...build } };
}

/** Its tools are the first on the PATH; a build wants this machine's, as `buildHere` has it. */
async function openHere(
  state: string,
  scratch: string,
  build: Readonly<Record<string, string>>,
): Promise<OpenSceneMac> {
  await buildWhenStale();
  const [tools, home] = [join(scratch, 'tools'), join(scratch, 'home')];
  await writeSimulatedTools(tools, state);
  await mkdir(home, { recursive: true });
  // VS Code asks the user's login shell for the environment of its extensions.
  for (const profile of ['.profile', '.bash_profile', '.zprofile'])
    await writeFile(join(home, profile), `export PATH='${tools}':"$PATH"\n`);
  const path = `${tools}:${process.env.PATH}`;
  // The tools' own state is that of the Mac; what is remembered of it lies elsewhere.
  const places = { KEXT_DEV_STATE: '', XDG_STATE_HOME: join(scratch, 'remembered') };
  return {
    tools,
    server: undefined,
    environment: { ...build, ...places, HOME: home, PATH: path, KEXT_DEV_SIMULATED_UID: '501' },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** For kext.build.command where the Mac's tools stand in the way of this machine's. */
export const buildHere: readonly string[] = ['env', `PATH=${process.env.PATH}`, 'make'];

/** What a scene's Mac is before the window opens, of a kext that a bootloader or a collection puts into its kernel. */
export async function putIntoKernel({ reload, approve, restart, finishReload, target }: SimulatedBench, path: string) {
  await reload();
  await approve();
  await restart();
  await finishReload();
  const rm = { tool: 'rm', argv: ['-rf', path], asRoot: true, timeoutMs: 10_000, parse: () => undefined };
  await target.runner.run(rm, new AbortController().signal);
}
