import assert from 'node:assert/strict';
import { commands, window, workspace } from 'vscode';
import { until } from '../../support/until.ts';

/** What the page says, which is rendered in an editor of its own. */
function page(): string {
  return workspace.textDocuments.find(({ uri }) => uri.scheme === 'kext-doctor')?.getText() ?? '';
}

/** The page in a tab. */
function tab() {
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  return tabs.find(({ label }) => label.includes('Doctor'));
}

describe('Doctor', () => {
  after(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens a page that says of the chosen target and this machine how each thing stands, and what was asked', async () => {
    await commands.executeCommand('kext.doctor');
    const text = await until(
      'the page of the doctor',
      async () => page(),
      found => found !== '',
      30_000,
    );
    assert.match(text, /^# Doctor: Simulated Mac\n\nSimulated: /);
    for (const check of ['macOS', 'tools', 'SIP', 'sudo', 'disk', 'clock', 'keepsyms', 'KDK'])
      assert.match(text, new RegExp(`^- \\*\\*${check}\\*\\*: \\S.*\\. Asked: \``, 'm'));
    assert.ok(tab() !== undefined, 'no tab');
  });

  it('looks again: a build is seen that was made since', async () => {
    await commands.executeCommand('kext.build');
    await commands.executeCommand('kext.doctor.refresh');
    const seen = (text: string) => /^- \*\*architecture\*\*: The newest build has code for x86\\_64\./m.test(text);
    await until('the build on the page', async () => page(), seen, 30_000);
  });

  it('copies the report, and says that no command leads on where none does', async () => {
    await commands.executeCommand('kext.doctor.copy');
    const asked = Promise.resolve(commands.executeCommand('kext.doctor.next'));
    await commands.executeCommand('notifications.clearAll');
    await asked;
    assert.ok(page().startsWith('# Doctor: '));
  });
});
