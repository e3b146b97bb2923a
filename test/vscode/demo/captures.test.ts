import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { until } from '../../support/until.ts';

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
});
