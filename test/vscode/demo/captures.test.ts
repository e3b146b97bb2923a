import assert from 'node:assert/strict';
import { ConfigurationTarget, commands, window, workspace } from 'vscode';
import { until } from '../../support/until.ts';
import { seenWindow } from '../window.ts';

const seen = seenWindow();

/** The page of captures, once it is shown. */
function shownPage(): string {
  const document = window.activeTextEditor?.document;
  return document?.uri.scheme === 'kext-captures' ? document.getText() : '';
}

describe('Record Captures', () => {
  it('shows every call on a page, and ends without a file where nobody asks for one', async () => {
    let ended = false;
    const recorded = Promise.resolve(commands.executeCommand('kext.recordCaptures')).finally(() => {
      ended = true;
    });
    const acceptFirst = async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return shownPage();
    };
    const page = await until('the page of captures', acceptFirst, text => text !== '', 50_000);
    for (const call of ['sw_vers', 'kextstat', 'ioclasscount', 'ioreg -a -i', 'ps -axo pid=,comm='])
      assert.ok(page.includes(`## ${call}\n`), call);
    const dismiss = async () => {
      await commands.executeCommand('notifications.clearAll');
      return ended;
    };
    await until('the end of the command', dismiss, done => done);
    await recorded;
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('offers nothing once its reload was cancelled', async () => {
    if (seen === undefined) return;
    const command = (value: readonly string[] | undefined) =>
      workspace.getConfiguration('kext').update('build.command', value, ConfigurationTarget.Workspace);
    await command(['sleep', '600']);
    try {
      const recorded = Promise.resolve(commands.executeCommand('kext.recordCaptures'));
      await seen.click({ role: 'option', name: 'a reload of' });
      // VS Code shows no toast in a window that has just opened, but lists it.
      await commands.executeCommand('notifications.showList');
      await seen.readUntil('notifications', all => all.some(text => /Reload .*: building/.test(text)), 50_000);
      await seen.click({ role: 'button', name: 'Cancel', exact: true });
      await recorded;
      assert.equal(shownPage(), '');
      assert.deepEqual(
        (await seen.read('notifications')).filter(text => /capture/i.test(text)),
        [],
      );
    } finally {
      await commands.executeCommand('notifications.hideList');
      await command(undefined);
    }
  });
});
