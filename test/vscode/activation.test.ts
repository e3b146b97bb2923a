import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';

const id = 'kext-dev.kext-dev';

describe('the extension in VS Code', () => {
  it('is installed and sleeps until something of its own is opened', () => {
    const extension = extensions.getExtension(id);
    assert.ok(extension, `${id} is not installed`);
    assert.equal(extension.isActive, false);
  });

  it('wakes up, and then every command of its manifest is there', async () => {
    const extension = extensions.getExtension(id);
    await extension?.activate();
    const registered = await commands.getCommands(true);
    const declared = (extension?.packageJSON.contributes?.commands ?? []).map(
      (entry: { command: string }) => entry.command,
    );
    assert.deepEqual(
      declared.filter((command: string) => !registered.includes(command)),
      [],
    );
  });
});
