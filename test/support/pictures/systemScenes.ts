import { simulatedMacChoice } from '../../../src/targets/simulatedScenarios.ts';
import { demo } from './projects.ts';
import type { Scene } from './scene.ts';

const mac = simulatedMacChoice('macos-13');

/** Where a build needs approval and a restart, from the choice of the target on. */
export const systemScenes: readonly Scene[] = [
  {
    fill: demo({}),
    states: [
      {
        name: 'no-target',
        reach: async ({ window, sees }) => {
          await window.showContainer('Kexts');
          await sees('that no target is chosen', /no target/);
        },
      },
      {
        name: 'select-target',
        reach: async ({ window, run }) => {
          await run('Select Target');
          await window.page.getByRole('option', { name: mac.name }).first().waitFor();
        },
        leave: async ({ window, sees }) => {
          await window.pick(mac.name);
          await sees('the kext on that Mac', /macOS 13.* not loaded/);
        },
      },
      {
        name: 'waiting-for-approval',
        reach: async ({ run, sees, seesProblem }) => {
          await run('Reload Kext');
          await sees('what is awaited', /waits for approval/);
          await seesProblem(/waits for its approval/);
        },
      },
      {
        name: 'waiting-for-restart',
        reach: async ({ run, sees, seesProblem }) => {
          await run('Simulated Mac: Approve');
          await sees('what is awaited', /waits for a restart/);
          await seesProblem(/waits for a restart/);
        },
      },
      {
        name: 'finish-reload-macos-13',
        reach: async ({ run, sees }) => {
          await run('Simulated Mac: Restart');
          await sees('that it can be finished', /finish the reload of/);
        },
      },
    ],
  },
];
