import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { operationFolder } from '../../src/targets/folders.ts';
import { escaped } from '../support/escaped.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { pictures, prepareStory, readersOf, type Story } from '../support/storyWindow.ts';
import type { Window } from '../support/window.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const { bundleIdentifier } = demoNames(files);
const shortName = bundleIdentifier.split('.').at(-1);

console.log(`KEXT_DEV_SEED=${seed}: ${bundleIdentifier}`);

describe('Two windows on one kext', () => {
  let story: Story;
  let first: Window;
  let second: Window;
  const inFirst = readersOf(() => first, 30_000);
  const inSecond = readersOf(() => second, 30_000);
  const running = new RegExp(`${shortName} 1\\.0\\.0 running`);
  const notifications = (window: Window) => () => window.read('notifications');

  before(async () => {
    const command = ['sh', '-c', 'while [ -e hold ]; do sleep 0.1; done; exec make'];
    const settings = { 'kext.target': 'simulated', 'kext.build.command': command };
    story = await prepareStory(files, { height: 900, settings: `${JSON.stringify(settings)}\n` });
    first = await story.open();
    second = await first.another();
    for (const window of [first, second]) {
      await window.page.bringToFront();
      await window.showContainer('Kexts');
    }
    await inFirst.sees('the kext, not loaded', /not loaded/);
    await inSecond.sees('the kext, not loaded', /not loaded/);
  });
  after(() => story?.end('two-windows-end.png'));

  const hold = () => join(story.folder, 'hold');
  const letBuild = () => rm(hold(), { force: true });
  const lock = () => join(operationFolder(story.state, bundleIdentifier), 'lock');

  /** A tree follows what is known a moment later. */
  const treesAgree = () =>
    first.until(
      'the same rows in both',
      async () => [await inFirst.spoken(), await inSecond.spoken()].map(rows => rows.join('\n')),
      ([one, other]) => one === other,
    );

  /** What lies behind another page is not painted, and nobody clicks there. */
  const inFront = async (window: Window) => {
    await window.page.bringToFront();
    return window;
  };

  /** The first window is in the middle of a reload, and the second one wants one. */
  async function bothReload(): Promise<void> {
    await writeFile(hold(), '');
    await (await inFront(first)).runCommand('Kext Dev: Reload Kext');
    await first.until(
      'the reload of the first window',
      async () => existsSync(lock()),
      isThere => isThere,
    );
    await (await inFront(second)).runCommand('Kext Dev: Reload Kext');
    const told = new RegExp(`waiting for Reload ${escaped(bundleIdentifier)} on the Simulated Mac, process \\d+`);
    await second.until('what it waits for', notifications(second), all => all.some(text => told.test(text)));
  }

  it('the second shows the operation of the first and waits for it; then both show the same', async () => {
    await bothReload();
    await second.screenshot(join(pictures, 'two-windows.png'));
    await letBuild();
    for (const { sees, seesNoProblem } of [inFirst, inSecond]) {
      await sees('the build running', running);
      await seesNoProblem();
    }
    await treesAgree();
  });

  it('the second takes the place of the first where the user says so, and the first says by whom', async () => {
    await bothReload();
    await second.page
      .getByRole('button', { name: 'Replace' })
      .or(second.page.getByText('Replace', { exact: true }))
      .first()
      .click();
    await first.until('the end of the first', notifications(first), all => all.every(text => !/building/.test(text)));
    await letBuild();
    await inSecond.sees('the build running', running);
    await inFirst.sees('the build running', running);
  });

  it('what one loads, and another unloads, is seen by both', async () => {
    await (await inFront(second)).runCommand('Kext Dev: Unload Kext');
    for (const { sees, seesRow } of [inFirst, inSecond]) {
      await sees('that nothing is loaded', /not loaded/);
      await seesRow('the row of the kext', /, not loaded$/);
    }
    await treesAgree();
  });
});
