import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareStory, readersOf, type Story } from '../support/storyWindow.ts';
import type { Window } from '../support/window.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
const settings = (confirm: boolean) => JSON.stringify({ 'kext.target': 'simulated', 'kext.reload.confirm': confirm });

console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}, ${names.driver}, ${names.staying}`);

describe('A process that has the driver open, as a person sees it in VS Code', () => {
  let story: Story;
  let window: Window;

  const { spoken, problems, sees } = readersOf(() => window, 20_000);
  const dialog = () => window.page.locator('.monaco-dialog-box');
  const answer = (button: string) => dialog().getByRole('button', { name: button }).click();
  const openIt = async () => {
    await window.runCommand('Kext Dev: Simulated Mac: Use the Driver As…');
    await window.pick(names.staying);
    const userClient = `Class ${names.userClient}: 1 live (+1 since last load)`;
    await window.until('its user client', spoken, rows => rows.includes(userClient));
  };

  before(async () => {
    story = await prepareStory(files, { height: 1100, settings: settings(true) });
    window = await story.open();
    await window.showContainer('Kexts');
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('the build running', / running · /);
  });
  after(() => story?.end('holds-end.png'));

  it('is named before anything is terminated, and Cancel leaves everything as it was', async () => {
    await openIt();
    await window.runCommand('Kext Dev: Reload Kext');
    await dialog().waitFor();
    const text = (await dialog().textContent()) ?? '';
    assert.match(text, new RegExp(`The unload of ${names.bundleIdentifier} is likely to be refused\\.`));
    assert.match(text, new RegExp(`${names.staying} \\(pid \\d+\\) has it open: quit it first\\.`));
    await answer('Cancel');
    await sees('the build running', / running · /);
    assert.deepEqual(await problems(), []);
    assert.ok((await spoken()).includes(`Class ${names.driver}: 1 live`));
  });

  it('Unload Anyway: the Problem says that it is held, and by whom, on the class', async () => {
    await window.runCommand('Kext Dev: Unload Kext');
    await dialog().waitFor();
    await answer('Unload Anyway');
    await sees('the refusal', /refused to unload/);
    const all = await window.until('the Problem', problems, seen => seen.length > 0);
    const held = new RegExp(`^Error: .*${names.driver} is held: ${names.staying} \\(pid \\d+\\)`);
    assert.ok(
      all.some(text => held.test(text)),
      all.join('\n'),
    );
  });

  it('is asked about no more where the setting says so', async () => {
    await window.runCommand('Kext Dev: Simulated Mac: Restart');
    await sees('the Mac as it starts', /not loaded/);
    await writeFile(join(story.folder, '.vscode', 'settings.json'), settings(false));
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('the build running', / running · /);
    await openIt();
    await window.runCommand('Kext Dev: Unload Kext');
    await sees('the refusal', /refused to unload/);
    assert.equal(await dialog().count(), 0);
  });
});
