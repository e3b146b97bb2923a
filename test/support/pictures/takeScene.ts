import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installForMac } from '../installForMac.ts';
import { demoNames, readDemo } from '../renamedDemo.ts';
import { ensureServer } from '../serverInstallation.ts';
import { testCacheHome } from '../simulatedBench.ts';
import { installExtension } from '../vscodeServer.ts';
import { openWindow, type Window } from '../window.ts';
import { followsSystem, type Look, looks, movePointerAway, photograph, viewport, wear } from './looks.ts';
import type { Scene, Stage, State } from './scene.ts';
import { openSceneMac } from './sceneMac.ts';
import { stageOn } from './stage.ts';

/** Where the pictures go, and what they are of. */
export interface Pictures {
  readonly vsix: string;
  readonly folder: string;
  /** Whether a state of that name is asked for. */
  wants(state: string): boolean;
}

/** Photographs the states of a scene that are asked for, in each look; walks through the others on the way. */
export async function takeScene(scene: Scene, pictures: Pictures): Promise<void> {
  const last = scene.states.findLastIndex(({ name }) => pictures.wants(name));
  if (last < 0) return;
  const scratch = await mkdtemp(join(tmpdir(), 'kext-dev-scene-'));
  try {
    const folder = join(scratch, 'winch');
    await mkdir(folder);
    const state = join(scratch, 'state');
    await scene.fill?.(folder);
    await scene.arrange?.(folder, state);
    await using resources = new AsyncDisposableStack();
    const mac = scene.mac === undefined ? undefined : resources.use(await openSceneMac(scene.mac, folder, scratch));
    const folders = { userDataDir: join(scratch, 'user'), extensionsDir: join(scratch, 'extensions') };
    if (scene.mac?.reached === 'here') await installForMac(pictures.vsix, folders);
    else await installExtension(await ensureServer(), pictures.vsix, folders);
    const open = () =>
      openWindow({
        ...(scene.fill === undefined ? {} : { folder }),
        ...folders,
        trusted: scene.trusted ?? true,
        settings: followsSystem,
        viewport,
        scale: 1,
        // The demo kext is opened from the home folder.
        env: { ...{ HOME: scratch, XDG_CACHE_HOME: testCacheHome, KEXT_DEV_STATE: state }, ...mac?.environment },
      });
    let window = await open();
    resources.defer(() => window.close());
    const crash = async (meanwhile: () => Promise<void>) => {
      await window.kill();
      await window.close();
      await meanwhile();
      window = await open();
    };
    const parts = { folder, state, names: demoNames(await readDemo()), server: mac?.server, tools: mac?.tools ?? '' };
    const stage = stageOn(() => window, { ...parts, crash });
    await scene.prepare?.(stage);
    for (const each of scene.states.slice(0, last + 1)) await takeState(each, stage, pictures);
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function takeState(state: State, stage: Stage, pictures: Pictures): Promise<void> {
  try {
    await state.reach(stage);
  } catch (error) {
    await stage.window.screenshot(join(pictures.folder, `${state.name}-not-reached.png`));
    throw new Error(`${state.name} is not reached`, { cause: error });
  }
  if (pictures.wants(state.name)) {
    console.log(state.name);
    await activated(stage.window);
    for (const look of looks)
      await takeLook(state, stage, look, join(pictures.folder, `${state.name}-${look.name}.png`));
    await wear(stage.window, looks[0]);
  }
  await state.leave?.(stage);
}

async function takeLook(state: State, stage: Stage, look: Look, path: string): Promise<void> {
  const { window } = stage;
  await wear(window, look);
  if (state.again === undefined) await movePointerAway(window);
  else await state.again(stage);
  await window.page.waitForTimeout(state.again === undefined ? 300 : 1500);
  await photograph(window, path);
}

/** What an extension has not said yet is no part of a state. */
async function activated(window: Window): Promise<void> {
  const starting = () => window.statusItem('Activating Extensions');
  await window.until('every extension at work', starting, item => item === undefined);
}
