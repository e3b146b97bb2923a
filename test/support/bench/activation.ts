import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDemo } from '../copyDemo.ts';
import { activationTimes } from '../runningExtensions.ts';
import { prepareKernel, testCacheHome } from '../simulatedBench.ts';
import { openWindow, type Window, waitForWorkbench } from '../window.ts';
import { type Measured, median } from './measured.ts';

const runs = 5;

/** The extension's activation in the window of the demo as VS Code reports it, beside that of its own extension for Git. */
export async function activation(vsix: string): Promise<Measured> {
  await prepareKernel();
  await using cleanup = new AsyncDisposableStack();
  const folder = await copyDemo();
  cleanup.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const state = await mkdtemp(join(tmpdir(), 'kext-dev-activation-'));
  cleanup.defer(() => rm(state, { recursive: true, force: true, maxRetries: 5 }));
  const window = await openWindow({
    folder,
    vsix,
    scale: 1,
    viewport: { width: 1400, height: 2000 },
    env: { XDG_CACHE_HOME: testCacheHome, KEXT_DEV_STATE: state },
  });
  cleanup.defer(() => window.close());
  const [ours, gits]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    await openAnew(window);
    const times = await activationTimes(window);
    ours.push(times.get('Kext Dev') ?? Number.NaN);
    gits.push(times.get('Git') ?? Number.NaN);
  }
  return {
    name: 'activation, as VS Code reports it',
    value: median(ours),
    unit: 'ms',
    peer: 'that of its own extension for Git',
    peerValue: median(gits),
    goal: { most: 50 },
  };
}

/** With an extension host of its own, that has loaded nothing yet. */
async function openAnew(window: Window): Promise<void> {
  await window.page.reload();
  await waitForWorkbench(window.page);
  await window.until(
    'the status item',
    () => window.statusItem('Kext Dev'),
    item => item !== undefined,
    60_000,
  );
}
