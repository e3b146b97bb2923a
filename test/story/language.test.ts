import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { getL10nPseudoLocalized } from '@vscode/l10n-dev';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { prepareStory, type Story } from '../support/storyWindow.ts';
import type { Window } from '../support/window.ts';
import { manifestWordsFile, wordsFile } from '../support/words.ts';

const files = await readDemo();
const { bundleIdentifier, engine } = demoNames(files);

/** An English text as a translation has it that only changes the letters. */
async function translated(file: string): Promise<string> {
  return JSON.stringify(getL10nPseudoLocalized(JSON.parse(await readFile(file, 'utf8'))));
}

describe('VS Code in another language, with a translation of the extension', () => {
  let story: Story;
  let window: Window;
  before(async () => {
    story = await prepareStory(files, { height: 1000, settings: '{ "kext.target": "simulated" }' });
    const extension = await story.install();
    await writeFile(join(extension, 'package.nls.de.json'), await translated(manifestWordsFile));
    await writeFile(join(extension, 'media', 'l10n', 'bundle.l10n.de.json'), await translated(wordsFile));
    window = await story.open({ language: 'de' });
  });
  after(() => story?.end('language-end.png'));

  it('commands, views and the status item are in it, and the kext’s own names are as they are', async () => {
    const foreign = /[ȧḓḗƒīŀǿřşŧŭ]{2}/;
    const status = async () => (await window.read('statusbar')).find(text => text.includes('Simulated Mac')) ?? '';
    await window.until('the state in the status item', status, text => foreign.test(text), 60_000);
    await window.page.locator('.activitybar').getByRole('tab', { name: foreign }).click();
    const rows = async () => (await window.read('tree')).map(({ spoken }) => spoken);
    const own = (await window.until('the tree', rows, all => all.some(row => row.startsWith(bundleIdentifier)))).find(
      row => row.startsWith(bundleIdentifier),
    );
    assert.match(own ?? '', foreign);
    await window.page.keyboard.press('F1');
    await window.page.locator('.quick-input-widget input').first().fill('>Řḗḗŀǿǿȧȧḓ');
    await window.page.locator('.quick-input-list').getByRole('option').first().click();
    await window.until('the classes', rows, all => all.some(row => row.includes(engine) && foreign.test(row)), 60_000);
  });
});
