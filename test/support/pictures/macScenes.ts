import { chmod, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asForMac, startsNothingForMac } from '../asForMac.ts';
import { demoNames, readDemo } from '../renamedDemo.ts';
import { demo, writeSettings } from './projects.ts';
import type { Scene, Stage, State } from './scene.ts';
import { buildHere, loadedOverSsh, putIntoKernel } from './sceneMac.ts';

const nothing = async () => undefined;
const overSsh = { 'kext.target': 'ssh:mini' };
const path = `/Library/Extensions/${demoNames(await readDemo()).executable}.kext`;

const firstLoad: readonly State[] = [
  {
    name: 'first-load',
    reach: async ({ window, run }) => {
      await run('Reload Kext');
      await window.page.locator('.monaco-dialog-box').waitFor();
    },
    leave: ({ window }) => window.page.getByRole('button', { name: 'Load Here' }).click(),
  },
  {
    name: 'first-load-approval',
    reach: async ({ sees, seesProblem }) => {
      await sees('what is awaited', /This Mac · .* waits for approval/);
      await seesProblem(/If this Mac no longer starts/);
    },
  },
];

/** What keeps a build from a Mac, each found in one that has nothing of what was found before. */
const unfit: readonly State[] = [
  problem('no-code-for-target', nothing, /has no code for arm64e/),
  problem(
    'boot-policy',
    async ({ folder, tools, window }) => {
      const command = ['env', 'SIMULATED_ARCHITECTURE=arm64e', 'make'];
      await writeSettings(folder, { ...overSsh, 'kext.build.command': command });
      await window.page.waitForTimeout(1500);
      const full = '{ "ibridge_secure_boot" : "Full Security", "ibridge_sb_other_kext" : "No" }';
      await instead(tools, 'system_profiler', () => `echo '{ "SPiBridgeDataType" : [ ${full} ] }'`);
    },
    /keeps \S+ out: Full Security/,
  ),
  problem(
    'no-signature',
    async ({ tools }) => {
      await rename(join(tools, 'system_profiler-simulated'), join(tools, 'system_profiler'));
      await instead(tools, 'csrutil', () => "echo 'System Integrity Protection status: enabled.'");
    },
    /has no signature/,
  ),
];

/** This Mac, and what a Mac over SSH does not take. */
export const macScenes: readonly Scene[] = [
  {
    fill: demo({ 'kext.build.command': buildHere }, asForMac),
    mac: { reached: 'here', scenario: 'macos-13', arrange: nothing },
    prepare: async ({ window, sees }) => {
      await window.showContainer('Kexts');
      await sees('the kext on it', /This Mac · .* not loaded/);
    },
    states: firstLoad,
  },
  {
    fill: demo(overSsh, asForMac),
    mac: { reached: 'over SSH, as mini', scenario: 'macos-15', arrange: nothing },
    prepare: async ({ window, sees }) => {
      await window.showContainer('Kexts');
      await sees('the kext on it', /mini · .* not loaded/);
    },
    states: unfit,
  },
  {
    fill: demo(overSsh, asForMac),
    mac: { reached: 'over SSH, as mini', scenario: 'macos-13', arrange: bench => putIntoKernel(bench, path) },
    prepare: async ({ window, sees }) => {
      await window.showContainer('Kexts');
      await sees('the kext on it', /mini · .* running/);
    },
    states: [problem('put-in-at-boot', nothing, /a bootloader or a kext collection puts it into the kernel/)],
  },
  {
    fill: demo(overSsh, startsNothingForMac),
    mac: loadedOverSsh,
    prepare: async ({ window, names, tools, sees }) => {
      await instead(
        tools,
        'kextstat',
        tool => `exec '${tool}' "$@" | sed -E 's/ [0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}//'`,
      );
      await window.showContainer('Kexts');
      await window.openFile(`${names.engine}.hpp`);
      await sees('the kext on it', /mini · .* loaded/);
    },
    states: [
      {
        name: 'likely-running',
        reach: async ({ run, sees, seesInSideBar }) => {
          await run('Reload Kext');
          await sees('that it is likely', /likely running/);
          await seesInSideBar('why', /no UUID/);
        },
      },
    ],
  },
];

/** A Reload that is refused a word before it changes anything. */
function problem(name: string, arrange: (stage: Stage) => Promise<unknown>, expected: RegExp): State {
  return {
    name,
    reach: async stage => {
      const { window, server, run, clearToasts, seesProblem } = stage;
      await clearToasts();
      await arrange(stage);
      // What a Mac is, is asked once on a connection.
      await server?.kill();
      await server?.start();
      await window.openFile('Info.plist');
      await run('Refresh');
      await run('Reload Kext');
      await seesProblem(expected);
    },
  };
}

/** Has an executable of the Mac say something else; `script` gets where the one before it lies. */
async function instead(tools: string, name: string, script: (before: string) => string): Promise<void> {
  const [tool, before] = [join(tools, name), join(tools, `${name}-simulated`)];
  await rename(tool, before);
  await writeFile(tool, `#!/bin/sh\n${script(before)}\n`);
  await chmod(tool, 0o755);
}
