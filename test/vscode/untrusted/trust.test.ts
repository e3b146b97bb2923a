import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { commands, extensions, workspace } from 'vscode';
import { commandIds } from '../../../src/ui/commands/commandIds.ts';
import { startTask, type TaskParts } from '../../../src/ui/tasks/startTask.ts';
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

/** Runs a command, and takes back the question that it may ask. */
async function runUnasked(id: string): Promise<void> {
  const done = commands.executeCommand(id).then(undefined, () => undefined);
  await Promise.race([done, setTimeout(500)]);
  await commands.executeCommand('workbench.action.closeQuickOpen');
  const stays = await Promise.race([done.then(() => false), setTimeout(10_000, true)]);
  assert.equal(stays, false, `${id} has not ended`);
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
    // It makes a folder of its own and opens that one.
    for (const id of commandIds.filter(each => each !== 'kext.openDemo')) await runUnasked(id);
    await commands.executeCommand('notifications.clearAll');
    assert.deepEqual(readdirSync(folder, { recursive: true }), before);
    assert.deepEqual(await startedTools(), []);
  });

  it('nor by a task: it says why', async () => {
    const lines: string[] = [];
    const output = {
      write: (text: string) => void lines.push(text),
      signal: new AbortController().signal,
      isClosed: false,
    };
    for (const action of ['build', 'install', 'load', 'unload', 'reload', 'uninstall']) {
      const place = { folder: workspace.workspaceFolders?.[0] };
      const task = { definition: { type: 'kext', action }, place, byFolder: false };
      // Nothing of the window is touched: it has nothing here.
      assert.equal(await startTask(task, {} as TaskParts, output), 1);
      assert.deepEqual(lines.splice(0), ['Nothing of this workspace is built, loaded or run before you trust it.\n']);
    }
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
