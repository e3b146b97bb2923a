import { withStatement } from '../../simulated/badDrivers.ts';
import { asForMac } from '../asForMac.ts';
import { demo, writeSettings } from './projects.ts';
import type { Scene } from './scene.ts';

const target = { 'kext.target': 'simulated' };
const wrongCommand = 'make -j4';

/** What is wrong with the project, its driver, or the Mac. */
export const mistakeScenes: readonly Scene[] = [
  {
    fill: demo(target),
    prepare: async ({ window, sees }) => {
      await window.showContainer('Kexts');
      await sees('the kext', /not loaded/);
    },
    states: [
      {
        name: 'build-error',
        reach: async ({ window, edit, run, sees, seesProblem }) => {
          await edit('kmod.c', text => `${text}\nint broken = ;\n`);
          await window.openFile('kmod.c');
          await run('Reload Kext');
          await sees('the failed build', /does not build/);
          await seesProblem(/expected expression/);
        },
        leave: ({ edit }) => edit('kmod.c', text => text.replace('\nint broken = ;\n', '')),
      },
      {
        name: 'malformed-info-plist',
        reach: async ({ edit, seesProblem }) => {
          await edit('Info.plist', text => text.replace('</dict>', '</dic>'));
          await seesProblem(/Info\.plist is malformed/);
        },
        leave: ({ edit }) => edit('Info.plist', text => text.replace('</dic>', '</dict>')),
      },
      {
        name: 'wrong-setting',
        reach: async ({ window, folder, seesProblem }) => {
          await writeSettings(folder, { ...target, 'kext.build.command': wrongCommand });
          await window.openFile('.vscode/settings.json');
          await seesProblem(/kext\.build\.command is/);
        },
      },
    ],
  },
  {
    fill: demo(
      target,
      files => withStatement(files, 'driver', 'stop', '*reinterpret_cast<volatile int *>(8) = 1;').files,
    ),
    states: [
      {
        name: 'panicked',
        reach: async ({ window, names, run, sees, seesProblem }) => {
          await window.showContainer('Kexts');
          await window.openFile(`${names.driver}.cpp`);
          await sees('the kext', /not loaded/);
          await run('Reload Kext');
          await sees('the build running', / running · /);
          await run('Unload Kext');
          await sees('the panic', /panicked/);
          await seesProblem(/panicked/);
        },
      },
      {
        name: 'after-panic',
        reach: async ({ window, run, clearToasts }) => {
          await clearToasts();
          await run('Reload Kext');
          await window.page.locator('.monaco-dialog-box').waitFor();
        },
        leave: ({ window }) => window.page.getByRole('button', { name: 'Cancel' }).click(),
      },
    ],
  },
  {
    fill: demo({ 'kext.target': 'simulated:macos-13-fixed' }),
    states: [
      {
        name: 'unload-unsupported',
        reach: async ({ window, run, sees, seesProblem }) => {
          await window.showContainer('Kexts');
          await sees('the kext', /not loaded/);
          await run('Reload Kext');
          await sees('what is awaited', /waits for approval/);
          await run('Simulated Mac: Approve');
          await sees('what is awaited', /waits for a restart/);
          await run('Simulated Mac: Restart');
          await sees('that it can be finished', /finish the reload of/);
          await run('Finish Reload');
          await sees('the build running', / running · /);
          await run('Unload Kext');
          await seesProblem(/kext collection/);
        },
      },
    ],
  },
  {
    fill: demo(target, asForMac),
    states: [
      {
        name: 'not-run-here',
        reach: async ({ window, names, run, sees, seesProblem }) => {
          await window.showContainer('Kexts');
          await window.openFile(`${names.engine}.hpp`);
          await sees('the kext', /not loaded/);
          await run('Reload Kext');
          await seesProblem(/not run here/);
        },
      },
    ],
  },
];
