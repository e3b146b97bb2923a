import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { commands, extensions, workspace } from 'vscode';
import { until } from '../../support/until.ts';
import { seenWindow } from '../window.ts';

const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

/** Every tool that was started stands in the log with `$` and its command line. */
async function startedTools(): Promise<string[]> {
  await commands.executeCommand('kext.showLog');
  const find = () =>
    workspace.textDocuments.find(({ uri }) => uri.scheme === 'output' && uri.path.includes('Kext Dev'));
  await until(
    'the log',
    () => find() !== undefined,
    isThere => isThere,
  );
  const text = find()?.getText() ?? assert.fail();
  return text.split('\n').filter(line => /\$ \S/.test(line));
}

describe('a kext project that is not trusted', () => {
  it('is known as one, and trusted by nobody', async () => {
    assert.equal(workspace.isTrusted, false);
    await extensions.getExtension('kext-dev.kext-dev')?.activate();
    assert.ok(readdirSync(folder).includes('Info.plist'));
  });

  it('is shown with what its files say, and with what it waits for', async () => {
    const seen = seenWindow();
    if (seen === undefined) return;
    await commands.executeCommand('kext.loaded.focus');
    await seen.readUntil('sidebar', lines => lines.join(' ').includes('before you trust it'));
    await seen.readUntil('tree', rows => rows.some(({ text }) => text.includes('not trusted')));
    await seen.readUntil('tree', rows => rows.some(({ spoken }) => spoken === 'Class WinchMotor'));
    await seen.readUntil('statusbar', items => items.some(item => item.includes('not trusted')));
  });

  it('is neither built nor run: no command that finds its way here starts a tool', async () => {
    const before = readdirSync(folder, { recursive: true });
    for (const id of ['build', 'install', 'load', 'reload', 'unload', 'uninstall', 'simulated.exercise', 'doctor'])
      await commands.executeCommand(`kext.${id}`).then(undefined, () => undefined);
    assert.deepEqual(readdirSync(folder, { recursive: true }), before);
    assert.deepEqual(await startedTools(), []);
  });

  it('is built and run once it is trusted, without a new window', async () => {
    const seen = seenWindow();
    if (seen === undefined) return;
    await commands.executeCommand('workbench.trust.manage');
    await seen.click({ role: 'button', name: 'Trust', exact: true });
    await seen.readUntil('statusbar', items => items.some(item => item.includes('not loaded')), 60_000);
    await commands.executeCommand('kext.reload');
    await seen.readUntil('statusbar', items => items.some(item => item.includes('running')));
    // What an output's document shows comes later than what was written.
    await until('make in the log', startedTools, lines => lines.some(line => /\$ make/.test(line)));
  });
});
