import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { simulatedMacChoices } from '../../src/targets/simulatedScenarios.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { pictures, prepareStory, readersOf, type Story } from '../support/storyWindow.ts';
import type { Window } from '../support/window.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
const shortName = names.bundleIdentifier.split('.').at(-1);
const mac = 'Simulated Mac (macOS 13)';
const choices = simulatedMacChoices().map(({ name }) => name);

console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

describe('A build on macOS 13, as a person sees it in VS Code', () => {
  let story: Story;
  let window: Window;

  const { status, problems, sees, seesRow } = readersOf(() => window, 20_000);
  const fileOf = (picture: string) => `macos-13-${picture}.png`;
  const picture = (name: string) => window.screenshot(join(pictures, fileOf(name)));
  /** What the open quick pick offers, once it shows what was asked for. */
  const entries = async () => {
    const options = window.page.locator('.quick-input-list').getByRole('option');
    return options.evaluateAll(all => all.map(each => each.getAttribute('aria-label') ?? ''));
  };
  /** Whether the command palette has a command of that title; it is looked at until it stays the same. */
  const offered = async (title: string) => {
    await window.page.keyboard.press('F1');
    await window.page.locator('.quick-input-widget input').first().fill(`>${title}`);
    let before: readonly string[] = [];
    const settled = await window.until(
      'the palette at rest',
      async () => {
        await window.page.waitForTimeout(250);
        const [last, now] = [before, await entries()];
        before = now;
        return { now, rests: now.length > 0 && now.join() === last.join() };
      },
      ({ rests }) => rests,
    );
    await window.page.keyboard.press('Escape');
    return settled.now.some(label => label.startsWith(title));
  };

  before(async () => {
    story = await prepareStory(files, { height: 900 });
    window = await story.open();
    await window.showContainer('Kexts');
    await sees('that no target is chosen', /no target/);
  });
  after(() => story?.end(fileOf('end')));

  it('Select Target offers a Mac of each system, and takes the one that is picked', async () => {
    await window.runCommand('Kext Dev: Select Target');
    const all = (labels: readonly string[]) =>
      choices.every(name => labels.some(label => label.startsWith(`${name},`)));
    await window.until('a Mac of each system', entries, all);
    await picture('targets');
    await window.pick(mac);
    await sees('the kext on that Mac', new RegExp(`Simulated Mac \\(macOS 13\\) · ${shortName} not loaded`));
    await seesRow('the target', /^Target: Simulated Mac \(macOS 13\), macOS 13\./);
    assert.equal(await offered('Kext Dev: Simulated Mac: Approve'), false, 'nothing waits');
  });

  it('Reload Kext waits for its approval, and says so as information', async () => {
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('what is awaited', new RegExp(`${shortName} waits for approval`));
    await seesRow('the row of the kext', /waiting for approval · not loaded$/);
    const [waiting, ...more] = await window.until('the Problem', problems, all => all.length > 0);
    assert.match(
      waiting ?? '',
      /^Info: The new build of .* is installed and waits for its approval on the Simulated Mac/,
    );
    assert.deepEqual(more, []);
    assert.deepEqual(await window.read('notifications'), []);
    await picture('waits-for-approval');
  });

  it('one click approves it; then it waits for a restart', async () => {
    assert.equal(await offered('Kext Dev: Simulated Mac: Approve'), true);
    await window.page.locator('.statusbar-item', { hasText: 'waits for approval' }).click();
    await sees('what is awaited', new RegExp(`${shortName} waits for a restart`));
    await seesRow('the row of the kext', /waiting for a restart · not loaded$/);
    assert.match(
      (await problems()).join('\n'),
      /^Info: The new build of .* is ready and waits for a restart of the Simulated Mac/,
    );
    assert.equal(await offered('Kext Dev: Simulated Mac: Approve'), false, 'it is approved');
    await picture('waits-for-restart');
  });

  it('the next restarts the Mac, and the last one proves the build', async () => {
    await window.page.locator('.statusbar-item', { hasText: 'waits for a restart' }).click();
    await sees('that it can be finished', /finish the reload of/);
    await seesRow('the row of the kext', /reload can be finished · (?:not )?loaded$/);
    await picture('to-be-finished');
    await window.page.locator('.statusbar-item', { hasText: 'finish the reload' }).click();
    await sees('the build running', new RegExp(`${shortName} 1\\.0\\.0 running`));
    await seesRow('the driver', new RegExp(`^Class ${names.driver}: 1 live$`));
    assert.deepEqual(await window.until('no Problems', problems, all => all.length === 0), []);
  });

  it('a refused unload has its verdict, although only the log has the kernel’s lines', async () => {
    await window.runCommand('Kext Dev: Simulated Mac: Use the Driver');
    await window.until('the end of the use', status, text => !/working/.test(text));
    await window.runCommand('Kext Dev: Unload Kext');
    await sees('the refusal', /refused to unload, restart needed/);
    await seesRow('the leak', new RegExp(`^Class ${names.engine}: 1 leaked$`));
  });
});
