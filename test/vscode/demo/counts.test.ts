import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CodeLens,
  ConfigurationTarget,
  commands,
  type Hover,
  type InlayHint,
  Position,
  Range,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { until } from '../../support/until.ts';
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

function hints(): Thenable<InlayHint[]> {
  return commands.executeCommand<InlayHint[]>('vscode.executeInlayHintProvider', header, new Range(0, 0, 1000, 0));
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

  describe('in a header that was edited and not saved', () => {
    const settings = workspace.getConfiguration('kext', header);

    before(async () => {
      await workspace.getConfiguration('files').update('autoSave', 'off', ConfigurationTarget.Global);
      const edit = new WorkspaceEdit();
      edit.insert(header, new Position(0, 0), '// class WinchMotor : public OSObject {\n#include "a.h"\n\n\n');
      await workspace.applyEdit(edit);
      assert.ok((await workspace.openTextDocument(header)).isDirty);
    });
    after(async () => {
      await window.showTextDocument(header);
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await workspace.getConfiguration('files').update('autoSave', undefined, ConfigurationTarget.Global);
      await settings.update('counts.show', undefined);
    });

    it('stand above the class where it is now, or after its name', async () => {
      assert.deepEqual(await lenses(), [`${await declarationLine()}: 1 live`]);
      await settings.update('counts.show', 'inline');
      const [hint] = await hints();
      const line = (await workspace.openTextDocument(header)).lineAt(hint?.position.line ?? 0).text;
      assert.equal(line.slice(0, hint?.position.character), 'class WinchMotor');
    });

    it('stand nowhere while it has no such class', async () => {
      await settings.update('counts.show', undefined);
      const edit = new WorkspaceEdit();
      edit.insert(header, new Position(0, 0), '/*');
      await workspace.applyEdit(edit);
      assert.deepEqual(await lenses(), []);
    });
  });

  it('stand above the class, and it is gone to there, where its header has changed on the disk', async () => {
    const text = await readFile(header.fsPath, 'utf8');
    try {
      await writeFile(header.fsPath, `\n\n\n\n\n${text}`);
      const row = { className: 'WinchMotor' };
      const place = async () => {
        await commands.executeCommand('workbench.action.closeAllEditors');
        await commands.executeCommand('kext.goToClass', row);
        const editor = window.activeTextEditor ?? assert.fail('no editor');
        return `${editor.document.lineAt(editor.selection.start.line).text.slice(0, 16)}, ${await lenses()}`;
      };
      const line = text.split('\n').findIndex(each => each.startsWith('class WinchMotor')) + 1 + 5;
      await until('the place', place, seen => seen === `class WinchMotor, ${line}: 1 live`, 30_000);
    } finally {
      await writeFile(header.fsPath, text);
      await commands.executeCommand('workbench.action.closeAllEditors');
    }
  });

  it('stands after the name, or nowhere, as the setting says', async () => {
    const settings = workspace.getConfiguration('kext', header);
    await settings.update('counts.show', 'inline');
    assert.deepEqual(await lenses(), []);
    assert.deepEqual(
      (await hints()).map(({ label }) =>
        typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
      ),
      ['1 live'],
    );
    await settings.update('counts.show', 'off');
    assert.deepEqual([await lenses(), await hints()], [[], []]);
    await settings.update('counts.show', undefined);
  });
});
