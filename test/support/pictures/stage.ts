import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Window } from '../window.ts';
import type { Stage } from './scene.ts';

const patience = 60_000;

/** `window`: the one that is open at the moment. */
export function stageOn(
  window: () => Window,
  parts: Pick<Stage, 'folder' | 'state' | 'names' | 'server' | 'tools' | 'crash'>,
): Stage {
  const status = async () => (await window().statusItem('Kext Dev:')) ?? '';
  const sideBar = async () => (await window().read('sidebar')).join('\n');
  const problems = async () => (await window().problems()).map(({ spoken }) => spoken).join('\n');
  const waitFor = (what: string, read: () => Promise<string>, expected: RegExp) =>
    window().until(what, read, text => expected.test(text), patience);
  return {
    ...parts,
    get window() {
      return window();
    },
    sees: (what, expected) => waitFor(what, status, expected),
    seesInSideBar: (what, expected) => waitFor(what, sideBar, expected),
    seesProblem: expected => waitFor('the Problem', problems, expected),
    run: title => window().runCommand(`Kext Dev: ${title}`),
    edit: async (file, change) => {
      const path = join(parts.folder, file);
      await writeFile(path, change(await readFile(path, 'utf8')));
    },
    clearToasts: () => window().runCommand('Notifications: Clear All Notifications'),
  };
}
