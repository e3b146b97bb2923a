import assert from 'node:assert/strict';
import { join } from 'node:path';
import { commands, extensions, tasks, Uri, window, workspace } from 'vscode';
import { seenWindow } from '../window.ts';

const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const seen = seenWindow();

async function statusNames(text: string): Promise<void> {
  await seen?.readUntil('statusbar', items => items.some(item => item.includes(text)));
}

describe('In a window with an Xcode project, on a machine without Xcode', () => {
  it('the kext is the one that the file in the editor is compiled for', async () => {
    await extensions.getExtension('kext-dev.kext-dev')?.activate();
    await commands.executeCommand('kext.refresh');
    await statusNames('2 kexts, none selected');
    await window.showTextDocument(Uri.file(join(folder, 'Valve', 'Valve.cpp')));
    await statusNames('Valve');
    await window.showTextDocument(Uri.file(join(folder, 'Pump', 'Pump.cpp')));
    await statusNames('pump');
  });

  it('Select Build offers configurations and architectures', async () => {
    if (seen === undefined) return;
    await seen.runFromPalette('Kext Dev: Select Build');
    await seen.click({ role: 'option', name: 'Release' });
    await statusNames('pump');
    await seen.runFromPalette('Kext Dev: Select Build');
    await seen.click({ role: 'option', name: 'arm64e' });
    await statusNames('pump');
  });

  it('the tasks name the project file, and which of its targets', async () => {
    const found = await tasks.fetchTasks({ type: 'kext' });
    const builds = found.filter(({ definition }) => definition.action === 'build');
    assert.deepEqual(
      builds.map(({ definition: { project, scheme } }) => [project, scheme]),
      [
        ['Pump.xcodeproj', 'Pump'],
        ['Pump.xcodeproj', 'Valve'],
      ],
    );
  });
});
