import assert from 'node:assert/strict';
import {
  commands,
  type Hover,
  Position,
  Selection,
  TabInputCustom,
  TabInputText,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { until } from '../../support/until.ts';

/** The page that is open, and how; its address ends with a row of the catalogue. */
function openedPage(): string | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  // Without VS Code's own Markdown it is the page's text.
  const uri = input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
  return uri?.scheme === 'file' ? `${uri.path.split('/').slice(-3).join('/')}#${uri.fragment}` : undefined;
}

async function explained(text: string): Promise<string | undefined> {
  const editor = await window.showTextDocument(await workspace.openTextDocument({ content: text }));
  editor.selection = new Selection(new Position(0, 0), new Position(0, text.length));
  await commands.executeCommand('kext.explainError');
  return until('a page', openedPage, page => page !== undefined);
}

/** What the log shows where it is pointed at the words; they may come a moment later. */
async function hoverInLog(words: string): Promise<string> {
  await commands.executeCommand('kext.showLog');
  const place = await until(
    `${words} in the log`,
    () =>
      workspace.textDocuments
        .filter(isLog)
        .map(document => placeOf(document, words))
        .find(found => found !== undefined),
    found => found !== undefined,
  );
  assert.ok(place);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', place.log, place.position);
  return hovers
    .flatMap(({ contents }) => contents)
    .map(each => (typeof each === 'string' ? each : each.value))
    .join('\n');
}

function isLog({ uri }: TextDocument): boolean {
  return uri.scheme === 'output' && /kext-dev/i.test(uri.path);
}

function placeOf(
  document: TextDocument,
  words: string,
): { readonly log: Uri; readonly position: Position } | undefined {
  const at = document.getText().indexOf(words);
  return at < 0 ? undefined : { log: document.uri, position: document.positionAt(at + 1) };
}

describe('The words of the kext tools', () => {
  it('are explained on the page that ships, for what is selected', async () => {
    assert.equal(
      await explained("Can't remove kext com.foo.bar; unsupported by cache."),
      'media/failures/unload.md#unloadunsupportedbycache',
    );
  });

  // The lowest VS Code is a server whose log has no writer here: its Show Log stays empty.
  if (process.env.HOST_VSCODE !== 'minimum') inTheLog();
});

function inTheLog(): void {
  it('are explained in the log, for what is pointed at', async () => {
    const text = await hoverInLog('classes have instances:');
    assert.match(text, /Objects of classes of \S+ are left after its services were terminated/);
    assert.match(text, /\]\(file:\S*\/media\/failures\/unload\.md#/);
  });

  it('have no hover where they say nothing about a failure', async () => {
    assert.equal(await hoverInLog('ioclasscount'), '');
  });
}
