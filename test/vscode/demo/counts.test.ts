import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type CodeLens, commands, type Hover, type InlayHint, Position, Range, Uri, workspace } from 'vscode';
import type { SeenRow } from '../../support/workbenchReader.ts';
import { seenWindow } from '../window.ts';

const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const header = Uri.file(join(folder, 'WinchMotor.hpp'));

/** What stands above the classes of the file: the line of each lens, counted from 1, and its text. */
async function lenses(): Promise<string[]> {
  await workspace.openTextDocument(header);
  const found = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', header);
  return found.map(({ range, command }) => `${range.start.line + 1}: ${command?.title}`);
}

async function declarationLine(): Promise<number> {
  const text = (await workspace.openTextDocument(header)).getText();
  return text.split('\n').findIndex(line => line.startsWith('class WinchMotor')) + 1;
}

async function hoverText(): Promise<string> {
  const line = (await declarationLine()) - 1;
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    header,
    new Position(line, 'class W'.length),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map(each => (typeof each === 'string' ? each : each.value))
    .join('\n');
}

describe('Beside the classes of a kext', () => {
  it('nothing stands while it isn’t loaded', async () => {
    await commands.executeCommand('kext.refresh');
    assert.deepEqual(await lenses(), []);
    assert.equal(await hoverText(), '');
  });

  it('the live instances stand once it is', async () => {
    await commands.executeCommand('kext.reload');
    assert.deepEqual(await lenses(), [`${await declarationLine()}: 1 live`]);
    assert.match(await hoverText(), /1 instance on the Simulated Mac/);
  });

  it('the click on them shows the class in the side bar, also where a filter hides it', async () => {
    const seen = seenWindow();
    if (seen === undefined) return;
    const [lens] = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', header);
    assert.ok(lens?.command);
    await commands.executeCommand('kext.loaded.focus');
    await commands.executeCommand('kext.filter');
    await seen.answer('Filter Kexts', 'IOStorage');
    const isThere = (rows: readonly SeenRow[]) => rows.some(({ spoken }) => /^Class WinchMotor: 1 live/.test(spoken));
    await seen.readUntil('tree', rows => !isThere(rows) && rows.length > 0);
    await commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
    await seen.readUntil('tree', isThere);
    await seen.readUntil('sidebar', lines => !lines.join(' ').includes('IOStorage'));
    await seen.screenshot('counts-revealed');
  });

  it('stands after the name, or nowhere, as the setting says', async () => {
    const settings = workspace.getConfiguration('kext', header);
    await settings.update('counts.show', 'inline');
    const all = new Range(0, 0, 1000, 0);
    const hints = await commands.executeCommand<InlayHint[]>('vscode.executeInlayHintProvider', header, all);
    assert.deepEqual(await lenses(), []);
    assert.deepEqual(
      hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join(''))),
      ['1 live'],
    );
    await settings.update('counts.show', 'off');
    const none = await commands.executeCommand<InlayHint[]>('vscode.executeInlayHintProvider', header, all);
    assert.deepEqual([await lenses(), none], [[], []]);
    await settings.update('counts.show', undefined);
  });
});
