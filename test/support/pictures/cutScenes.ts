import { startsNothingForMac } from '../asForMac.ts';
import { type HeldTool, holdTool } from '../heldTool.ts';
import { demo } from './projects.ts';
import type { Scene, State } from './scene.ts';
import { loadedOverSsh } from './sceneMac.ts';

/** What is cut in its middle: by a cancel, by the loss of the Mac, by the end of VS Code. */
export const cutScenes: readonly Scene[] = [
  {
    fill: demo({ 'kext.target': 'ssh:mini' }, startsNothingForMac),
    mac: loadedOverSsh,
    prepare: async ({ window, names, sees }) => {
      await window.showContainer('Kexts');
      await window.openFile(`${names.driver}.cpp`);
      await sees('the kext on it', /mini · .* running · /);
    },
    states: cut(),
  },
];

function cut(): readonly State[] {
  let unload: HeldTool;
  return [
    {
      name: 'cancelling',
      reach: async ({ window, tools, run }) => {
        unload = await holdTool(tools, 'kextunload');
        await run('Unload Kext');
        await unload.isCalled();
        await window.answerNotification('Cancel');
        const told = (all: readonly string[]) => all.some(text => /Cancelling after the unload/.test(text));
        await window.until('that it goes on', () => window.read('notifications'), told);
      },
      leave: async ({ run, sees }) => {
        await unload.letGo();
        await sees('the kext, not loaded', /not loaded/);
        await run('Reload Kext');
        await sees('the build running', / running · /);
      },
    },
    {
      name: 'lost',
      reach: async ({ window, server, tools, run }) => {
        unload = await holdTool(tools, 'kextunload');
        await run('Unload Kext');
        await unload.isCalled();
        await server?.kill();
        const told = (all: readonly string[]) => all.some(text => /waiting/.test(text));
        await window.until('that it waits', () => window.read('notifications'), told, 60_000);
      },
      leave: async ({ server, run, sees, clearToasts }) => {
        await unload.letGo();
        await server?.start();
        await sees('the kext, not loaded', /not loaded/);
        await run('Reload Kext');
        await sees('the build running', / running · /);
        await clearToasts();
      },
    },
    {
      name: 'interrupted',
      reach: async stage => {
        const { tools, run, crash, seesProblem } = stage;
        const install = await holdTool(tools, 'tar');
        await run('Install Kext');
        await install.isCalled();
        await crash(() => install.letGo());
        await stage.window.showContainer('Kexts');
        await seesProblem(/stopped while installing/);
      },
    },
  ];
}
