import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDemo } from '../copyDemo.ts';
import { demoNames, readDemo } from '../renamedDemo.ts';
import { repositoryFolder } from '../repository.ts';
import { testCacheHome } from '../simulatedBench.ts';
import { openWindow, type Window } from '../window.ts';

const picture = join(repositoryFolder, 'media', 'screenshots', 'refused.png');

/** The picture of the README, taken from the running product on the demo as it ships; `state`: of the Simulated Mac. */
export async function takeReadmePicture(vsix: string, state: string): Promise<void> {
  const folder = await copyDemo();
  try {
    const env = { XDG_CACHE_HOME: testCacheHome, KEXT_DEV_STATE: state };
    const viewport = { width: 1440, height: 860 };
    await using window = await openWindow({ folder, vsix, env, viewport, scale: 1.25, theme: 'dark' });
    await photographRefusal(window);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function photographRefusal(window: Window): Promise<void> {
  const files = await readDemo();
  const { engine } = demoNames(files);
  const status = async () => (await window.statusItem('Kext Dev:')) ?? '';
  const sees = (what: string, expected: RegExp) => window.until(what, status, text => expected.test(text), 60_000);
  await sees('the kext', /not loaded/);
  await window.showContainer('Kexts');
  await window.widenSideBar(180);
  await window.openFile([...files.keys()].find(name => name === `${engine}.hpp`) ?? engine);
  await window.runCommand('Kext Dev: Reload Kext');
  await sees('the build running', /running/);
  await window.runCommand('Kext Dev: Simulated Mac: Use the Driver');
  await window.runCommand('Kext Dev: Reload Kext');
  await sees('the refusal', /refused to unload/);
  await window.until(
    'the leak in the tree',
    () => window.treeRows('Loaded Kexts'),
    rows => rows.some(({ text }) => text === `${engine} 1 leaked`),
  );
  await window.until(
    'the leak beside the class',
    () => window.read('codelens'),
    lenses => lenses.some(text => text.startsWith('1 leaked')),
  );
  await window.problems();
  await window.runCommand('Notifications: Clear All Notifications');
  await window.screenshot(picture);
}
