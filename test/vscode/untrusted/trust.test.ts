import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { commands, extensions, workspace } from 'vscode';
import { seenWindow } from '../window.ts';

const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

describe('a kext project that is not trusted', () => {
  it('is known as one, and trusted by nobody', async () => {
    assert.equal(workspace.isTrusted, false);
    await extensions.getExtension('kext-dev.kext-dev')?.activate();
    assert.ok(readdirSync(folder).includes('Info.plist'));
  });

  it('is neither built nor run, even by a command that finds its way here', async () => {
    const before = readdirSync(folder, { recursive: true });
    await commands.executeCommand('kext.reload').then(undefined, () => undefined);
    await commands.executeCommand('kext.unload').then(undefined, () => undefined);
    assert.deepEqual(readdirSync(folder, { recursive: true }), before);
  });

  it('says in the side bar what it waits for', async () => {
    const seen = seenWindow();
    if (seen === undefined) return;
    await commands.executeCommand('kext.loaded.focus');
    await seen.readUntil('sidebar', lines => lines.join(' ').includes('before you trust it'));
  });
});
