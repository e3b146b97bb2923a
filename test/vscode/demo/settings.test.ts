import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ConfigurationTarget, commands, languages, Uri, workspace } from 'vscode';
import { until } from '../../support/until.ts';
import { seenWindow } from '../window.ts';

const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const seen = seenWindow();
const mistake = /kext\.build\.command is "make": .*\["make"\]/;

/** Where the mistake is a Problem, of which source: file and line, counted from 1. */
function places(): string[] {
  return languages
    .getDiagnostics()
    .flatMap(([uri, found]) =>
      found
        .filter(({ message }) => mistake.test(message))
        .map(({ range, source }) => `${source}: ${uri.path.split('/').at(-1)}:${range.start.line + 1}`),
    );
}

async function statusSays(text: string): Promise<void> {
  await seen?.readUntil('statusbar', items => items.some(item => item.includes(text)));
}

describe('A mistake in a setting', () => {
  const set = (value: unknown, of: ConfigurationTarget) =>
    workspace.getConfiguration('kext').update('build.command', value, of);

  it('of the folder is a Problem at the setting, and none in a comment', async () => {
    const file = Uri.file(join(folder, '.vscode', 'settings.json'));
    const before = await workspace.fs.readFile(file);
    const written =
      '{\n  // "kext.build.command": "ninja",\n  "kext.target": "simulated",\n  "kext.build.command": "make"\n}\n';
    await workspace.fs.writeFile(file, Buffer.from(written));
    try {
      await until('the Problem', places, found => found.join() === 'kext · Simulated: settings.json:4');
      await statusSays('settings.json: a mistake');
    } finally {
      await workspace.fs.writeFile(file, before);
    }
    await until('its end', places, found => found.length === 0);
  });

  it('of the user is no Problem of the project: the status item leads to the settings', async () => {
    await set('make', ConfigurationTarget.Global);
    try {
      await statusSays('settings: a mistake');
      assert.deepEqual(places(), []);
      await commands.executeCommand('kext.loaded.focus');
      await seen?.readUntil(
        'sidebar',
        lines => mistake.test(lines.join(' ')) && lines.join(' ').includes('Open Settings'),
      );
      await seen?.screenshot('mistake-of-user');
      await seen?.click({ role: 'treeitem', name: 'Open Settings' });
      await seen?.readUntil('editor', lines => lines.join(' ').includes('@ext:kext-dev.kext-dev'));
      await seen?.screenshot('mistake-of-user-settings');
    } finally {
      await set(undefined, ConfigurationTarget.Global);
      await commands.executeCommand('workbench.action.closeAllEditors');
    }
    await statusSays('Simulated Mac · Winch');
  });
});

describe('Select Target', () => {
  it('begins on the target of now: who takes what it begins on stays there', async () => {
    const selected = commands.executeCommand('kext.selectTarget');
    await seen?.readUntil('quickpick', entries => entries.some(entry => /^Simulated Mac,.*chosen/.test(entry)));
    await seen?.screenshot('select-target');
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await selected;
    await statusSays('Simulated Mac · Winch');
  });

  it('is cancelled as any list is', async () => {
    const selected = commands.executeCommand('kext.selectTarget');
    await seen?.readUntil('quickpick', entries => entries.length > 0);
    await commands.executeCommand('workbench.action.closeQuickOpen');
    await selected;
    await statusSays('Simulated Mac · Winch');
  });
});

describe('A mistake in the Info.plist', () => {
  it('is a Problem that names the Simulated Mac, where that is the target', async () => {
    const file = Uri.file(join(folder, 'Info.plist'));
    const before = await workspace.fs.readFile(file);
    const sources = () => languages.getDiagnostics(file).map(({ source }) => source);
    await workspace.fs.writeFile(file, Buffer.from(Buffer.from(before).toString().replace('</dict>', '</dic>')));
    try {
      await until('the Problem', sources, found => found.join() === 'kext · Simulated');
    } finally {
      await workspace.fs.writeFile(file, before);
    }
    await until('its end', sources, found => found.length === 0);
  });
});
