import assert from 'node:assert/strict';
import { cp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, workspace } from 'vscode';
import { ShelfFolder } from '../../../src/operations/shelf/shelfFolder.ts';
import { kextShelfFolder, simulatedStateFolder } from '../../../src/targets/folders.ts';
import { until } from '../../support/until.ts';
import { seenWindow } from '../window.ts';

const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const state = simulatedStateFolder(folder, process.env);
const identifier = 'com.example.driver.Winch';
const shelf = new ShelfFolder(kextShelfFolder(state, identifier));
const accept = () => commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');

/** Starts a command that asks; `ended` tells whether it has returned. */
function started(command: string): { readonly ended: () => boolean; readonly run: Promise<unknown> } {
  let isOver = false;
  const run = Promise.resolve(commands.executeCommand(command)).finally(() => {
    isOver = true;
  });
  return { ended: () => isOver, run };
}

/** Around each suite, not around those of other files. */
function withLoadedDemo(): void {
  before(async () => {
    await commands.executeCommand('kext.simulated.restart');
    await commands.executeCommand('kext.reload');
  });
  after(async () => {
    await commands.executeCommand('workbench.action.closeQuickOpen');
    await commands.executeCommand('kext.unload');
    await commands.executeCommand('notifications.clearAll');
  });
}

describe('Show Shelf', () => {
  withLoadedDemo();

  it('lists the reloads, and loads a build of it: that is a reload of its own, proved like any other', async () => {
    const [reload] = await shelf.reloads();
    assert.equal(reload?.outcome, 'loaded');
    const { run } = started('kext.showShelf');
    // The first entry is the newest reload, and the first that can be done with it is to load it.
    const acceptFirst = async () => {
      await accept();
      return (await shelf.reloads())[0]?.fromShelf;
    };
    await until('a reload from the shelf', acceptFirst, isThere => isThere === true, 50_000);
    await run;
    const [newest] = await shelf.reloads();
    assert.deepEqual([newest?.outcome, newest?.uuid, newest?.proof?.kind], ['loaded', reload.uuid, 'sameCode']);
  });

  it('says of each when, which code, from which commit, how it ended, and what was alive', async () => {
    const seen = seenWindow();
    if (seen === undefined) return;
    const { run } = started('kext.showShelf');
    const entries = await seen.readUntil('quickpick', all => all.length > 1);
    assert.match(
      entries[0] ?? '',
      /\d{4}-\d\d-\d\d \d\d:\d\d · \S+ · [0-9A-F]{4}.*no commit · loaded.*loaded.*same code, loaded anew/,
    );
    await commands.executeCommand('workbench.action.closeQuickOpen');
    await run;
  });
});

describe('Find Stale Copies', () => {
  withLoadedDemo();

  it('shows what lies elsewhere, and removes nothing that was not chosen', async () => {
    const [reload] = await shelf.reloads();
    const stale = join(state, 'disk', 'Library', 'Extensions', 'Stale.kext');
    await cp(reload?.bundle ?? '', stale, { recursive: true });
    const { run, ended } = started('kext.findStaleCopies');
    const seen = seenWindow();
    if (seen !== undefined) {
      const entries = await seen.readUntil('quickpick', all => all.some(entry => entry.includes('.kext')));
      const copies = entries.filter(entry => entry.includes('.kext'));
      assert.match(copies[0] ?? '', /\/Library\/Extensions\/Stale\.kext.*installed/);
      assert.match(copies[1] ?? '', /\/private\/tmp\/kext-dev\/\S+\.kext.*installed by Reload/);
    }
    const dismiss = async () => {
      await commands.executeCommand('workbench.action.closeQuickOpen');
      return ended();
    };
    await until('the end of the command', dismiss, isOver => isOver, 30_000);
    await run;
    assert.ok((await stat(stale)).isDirectory());
  });
});
