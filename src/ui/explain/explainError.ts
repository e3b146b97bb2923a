import * as vscode from 'vscode';
import type { Explained } from '../../diagnosis/catalogue/explained.ts';
import { openPage } from '../pages/openPage.ts';
import type { TextPage } from '../pages/textPage.ts';
import type { SessionWorld } from '../session/sessionWorld.ts';
import { readPart } from '../work/readPart.ts';
import { explainedPage } from './explainedMarkdown.ts';
import { failurePage } from './failurePage.ts';

// An input box has one line: this stands for the end of another.
const lineEnd = ' ⏎ ';

/** What an explanation needs. */
export interface ExplanationParts {
  readonly pages: { readonly explained: TextPage };
  readonly world: Pick<SessionWorld, 'failuresFolder'>;
}

/** Explain Kext Error: explains what the kext tools say, of the selection or of what is pasted. */
export async function explainError(parts: ExplanationParts): Promise<void> {
  const { explainAsked } = await readPart(() => import('../../diagnosis/catalogue/explainAsked.ts'));
  const asked = selectedText() ?? (await pastedText(text => explainAsked(text).length > 0));
  if (asked === undefined) return;
  const found = explainAsked(asked);
  const [only, ...others] = found;
  if (only === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing is known of this. Paste a line as a kext tool or the kernel printed it, or a code.'),
    );
  } else if (others.length === 0) await open(parts, asked, only, found);
  else await choose(parts, asked, found);
}

async function choose(parts: ExplanationParts, asked: string, found: readonly Explained[]): Promise<void> {
  const all = { label: `$(book) ${vscode.l10n.t('Show all')}`, explained: undefined };
  const rows = found.map(explained => ({
    label: explained.row.example.split('\n')[0] ?? '',
    description: placeOf(explained),
    detail: explained.cause,
    explained,
  }));
  const chosen = await vscode.window.showQuickPick([all, ...rows], {
    placeHolder: vscode.l10n.t('What this means'),
    matchOnDetail: true,
  });
  if (chosen !== undefined) await open(parts, asked, chosen.explained, found);
}

/** The page of the one that was chosen; all on one page where none was, or where it has none. */
async function open(
  { pages, world }: ExplanationParts,
  asked: string,
  chosen: Explained | undefined,
  found: readonly Explained[],
): Promise<void> {
  if (chosen?.page !== undefined) return openPage(failurePage(world.failuresFolder, chosen.page));
  pages.explained.text = explainedPage(asked, found);
  await openPage(pages.explained.place);
}

function selectedText(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection) ?? '';
  return text.trim() === '' ? undefined : text;
}

/** The clipboard stands there already where it is something that is known. */
async function pastedText(isKnown: (text: string) => boolean): Promise<string | undefined> {
  // A browser asks whether it may read the clipboard; there it is pasted by hand.
  const mayRead = vscode.env.uiKind === vscode.UIKind.Desktop;
  const clipboard = mayRead ? (await vscode.env.clipboard.readText()).trim() : '';
  const value = !isKnown(clipboard) ? '' : clipboard.split(/\r?\n/).join(lineEnd);
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Explain Kext Error'),
    prompt: vscode.l10n.t('A message of the kext tools or the kernel, a return code, or an exit status'),
    value,
  });
  return text === undefined || text.trim() === '' ? undefined : text.replaceAll(lineEnd, '\n');
}

function placeOf({ row, general, oneCase }: Explained): string {
  if (oneCase) return vscode.l10n.t('one of the cases of this code');
  return general ? vscode.l10n.t('more general') : row.component;
}
