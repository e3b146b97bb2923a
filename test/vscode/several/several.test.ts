import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CodeLens,
  commands,
  DiagnosticSeverity,
  extensions,
  languages,
  tasks,
  Uri,
  window,
  workspace,
} from 'vscode';
import { until } from '../../support/until.ts';
import { seenWindow } from '../window.ts';

const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const seen = seenWindow();

function identifierOf(kext: 'first' | 'second'): string {
  const text = readFileSync(join(folder, kext, 'Info.plist'), 'utf8');
  return /<key>CFBundleIdentifier<\/key>\s*<string>([^<]*)/.exec(text)?.[1] ?? assert.fail(text);
}

function shortNameOf(kext: 'first' | 'second'): string {
  return identifierOf(kext).split('.').at(-1) ?? '';
}

async function statusNames(text: string): Promise<void> {
  if (seen === undefined) return;
  await seen.readUntil('statusbar', items => items.some(item => item.includes(text)));
}

function place(...path: string[]): Uri {
  return Uri.file(join(folder, ...path));
}

async function edit(...path: string[]): Promise<void> {
  await window.showTextDocument(place(...path));
}

describe('In a window with several kexts', () => {
  it('nothing is taken for the one that is meant', async () => {
    await extensions.getExtension('kext-dev.kext-dev')?.activate();
    await commands.executeCommand('kext.loaded.focus');
    await statusNames('2 kexts, none selected');
    await seen?.readUntil('sidebar', lines => lines.join(' ').includes('This window has several kexts'));
  });

  it('a command asks which one, once', async () => {
    if (seen === undefined) return;
    await seen.runFromPalette('Kext Dev: Build Kext');
    await seen.click({ role: 'option', name: identifierOf('second') });
    await statusNames(shortNameOf('second'));
    await until(
      'a build',
      () => existsSync(join(folder, 'second', 'build')),
      isThere => isThere,
      30_000,
    );
    await commands.executeCommand('kext.build');
    assert.deepEqual(
      [existsSync(join(folder, 'first', 'build')), existsSync(join(folder, 'second', 'build'))],
      [false, true],
    );
  });

  it('the one that owns the file in the editor is meant', async () => {
    await edit('first', 'Info.plist');
    await statusNames(shortNameOf('first'));
  });

  it('a file of none changes nothing', async () => {
    await edit('NOTES.md');
    await commands.executeCommand('kext.refresh');
    await statusNames(shortNameOf('first'));
  });

  it('Select Kext takes another one, whatever the editor shows', async () => {
    if (seen === undefined) return;
    await edit('first', 'Info.plist');
    await seen.runFromPalette('Kext Dev: Select Kext');
    await seen.click({ role: 'option', name: identifierOf('second') });
    await statusNames(shortNameOf('second'));
    await commands.executeCommand('kext.refresh');
    await statusNames(shortNameOf('second'));
  });
});

describe('The tasks of several kexts', () => {
  it('name their kext, each by its folder', async () => {
    const found = await tasks.fetchTasks({ type: 'kext' });
    const told = found.map(({ name, definition }) => [name, definition.action, definition.project]);
    for (const kext of ['first', 'second'] as const)
      for (const action of ['build', 'install', 'load', 'unload', 'reload', 'uninstall'])
        assert.ok(
          told.some(each => each.join() === [`${action} ${identifierOf(kext)}`, action, kext].join()),
          `${action} ${kext}: ${JSON.stringify(told)}`,
        );
  });
});

describe('Of kexts that are linked with one another', () => {
  const errors = () =>
    languages
      .getDiagnostics()
      .flatMap(([, found]) => found)
      .filter(({ severity, source }) => severity === DiagnosticSeverity.Error && source?.startsWith('kext'))
      .map(({ message }) => message);

  async function turnTo(kext: 'first' | 'second'): Promise<void> {
    await edit(kext, 'Info.plist');
    await statusNames(shortNameOf(kext));
  }

  /** The page changes after it is shown. */
  async function planOf(kext: 'first' | 'second', expected: (plan: string) => boolean): Promise<void> {
    await turnTo(kext);
    await commands.executeCommand('kext.showReloadPlan');
    const text = () => window.activeTextEditor?.document.getText() ?? '';
    await until('the plan', text, plan => plan.includes(identifierOf(kext)) && expected(plan));
  }

  it('the one that needs another is unloaded before it, and loaded after it', async () => {
    if (seen === undefined) return;
    await turnTo('second');
    for (const kext of ['first', 'second', 'first'] as const) {
      await turnTo(kext);
      await commands.executeCommand('kext.reload');
      assert.deepEqual(errors(), []);
    }
    const [first, second] = [identifierOf('first'), identifierOf('second')];
    await planOf('first', plan => new RegExp(` unloading +${second}, then ${first}\n`).test(plan));
    await planOf('first', plan => new RegExp(` loading +${first}, then ${second}\n`).test(plan));
  });

  it('each has its counts beside its classes, whichever is shown', async () => {
    if (seen === undefined) return;
    for (const kext of ['first', 'second'] as const) {
      const header = readdirSync(join(folder, kext)).find(name => /\.h(?:pp)?$/.test(name)) ?? '';
      const lenses = async () => {
        await workspace.openTextDocument(place(kext, header));
        return commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', place(kext, header));
      };
      const counted = await until('its counts', lenses, found => found.length > 0);
      assert.match(counted[0]?.command?.title ?? '', /^\d+ live/, kext);
    }
  });

  it('an unload takes it along', async () => {
    if (seen === undefined) return;
    await turnTo('first');
    await commands.executeCommand('kext.unload');
    for (const kext of ['first', 'second'] as const) await planOf(kext, plan => !plan.includes('unloading'));
  });
});

describe('A reload that is left for another kext', () => {
  const [source = ''] = readdirSync(join(folder, 'first')).filter(name => name.endsWith('.cpp'));
  const files = [source, 'Makefile'].map(name => join(folder, 'first', name));
  const buildErrors = (kext: 'first' | 'second') =>
    languages
      .getDiagnostics()
      .filter(([uri]) => uri.fsPath.startsWith(join(folder, kext)))
      .flatMap(([, found]) => found)
      .filter(({ message }) => message.includes('unknown type name'));

  /** Reloads the first with these lines at the end of its source, so slowly that the second is shown before it ends. */
  async function leave(lines: string): Promise<void> {
    const before = files.map(file => readFileSync(file, 'utf8'));
    await edit('first', 'Info.plist');
    await statusNames(shortNameOf('first'));
    appendFileSync(files[0] ?? '', lines);
    appendFileSync(files[1] ?? '', '\nslow := $(shell sleep 8)\n');
    try {
      const reload = commands.executeCommand('kext.reload');
      await statusNames(`${shortNameOf('first')}: building`);
      await edit('second', 'Info.plist');
      await seen?.readUntil('sidebar', rows => rows.join(' ').includes(identifierOf('second')));
      await statusNames(`${shortNameOf('first')}: building`);
      await reload;
    } finally {
      for (const [at, file] of files.entries()) writeFileSync(file, before[at] ?? '');
    }
  }

  async function isTold(expected: string): Promise<void> {
    await commands.executeCommand('notifications.showList');
    await seen?.readUntil('notifications', told => told.some(text => text.startsWith(expected)));
    await commands.executeCommand('notifications.clearAll');
  }

  it('tells its failure, which the views of the other one do not speak of, and its Problems stay', async () => {
    if (seen === undefined) return;
    await leave('\nNoSuchType nothing;\n');
    await isTold(`${identifierOf('first')} was not reloaded: `);
    const status = await seen.readUntil('statusbar', items =>
      items.some(item => item.includes(`${shortNameOf('second')} `)),
    );
    assert.ok(!status.some(item => item.includes('does not build')), status.join());
    assert.deepEqual([buildErrors('first')[0]?.source, buildErrors('second')], ['kext · Simulated', []]);
    await edit('first', 'Info.plist');
    await statusNames(`${shortNameOf('first')} does not build`);
  });

  it('tells that it came to its end, too', async () => {
    if (seen === undefined) return;
    await leave('\nextern "C" int oneMore() { return 1; }\n');
    await isTold(`${identifierOf('first')} is loaded on the Simulated Mac and proved.`);
    await statusNames(`${shortNameOf('second')} not loaded`);
    assert.deepEqual(buildErrors('first'), []);
  });
});

describe('A kext that is not the one that is shown', () => {
  const own = (kext: 'first' | 'second', state: string) => `${identifierOf(kext)}, your kext, version 1.0.0, ${state}`;
  const rows = async (...expected: readonly string[]) => {
    const said = (row: string) => (all: readonly { readonly spoken: string }[]) =>
      all.some(({ spoken }) => spoken.startsWith(row));
    for (const row of expected) await seen?.readUntil('tree', said(row), 30_000);
  };
  const click = (name: string, inRow: 'first' | 'second') =>
    seen?.click({ role: 'button', name, inRow: `${identifierOf(inRow)}, your kext` });

  it('has a row of its own, whose actions work on it, and the shown one stays shown', async () => {
    if (seen === undefined) return;
    await edit('first', 'Info.plist');
    await statusNames(shortNameOf('first'));
    await commands.executeCommand('kext.reload');
    await rows(own('first', 'loaded'), own('second', 'not loaded'));
    await click('Reload Kext', 'second');
    await rows(own('first', 'loaded'), own('second', 'loaded'));
    await statusNames(`${shortNameOf('first')} 1.0.0 running`);
    await click('Unload Kext', 'second');
    await rows(own('first', 'loaded'), own('second', 'not loaded'));
  });

  it('keeps what was found of it in its row and on the badge', async () => {
    if (seen === undefined) return;
    await click('Reload Kext', 'second');
    await rows(own('second', 'loaded'));
    await edit('second', 'Info.plist');
    await statusNames(shortNameOf('second'));
    await commands.executeCommand('kext.simulated.exercise');
    await commands.executeCommand('kext.unload');
    const refused = own('second', 'refused to unload · 1 instance · restart needed');
    await rows(refused);
    await edit('first', 'Info.plist');
    await statusNames(shortNameOf('first'));
    await rows(own('first', 'loaded'), refused);
    assert.equal((await seen.read('badge'))[0]?.badge, '1');
  });
});
