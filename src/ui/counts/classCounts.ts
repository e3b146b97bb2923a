import * as vscode from 'vscode';
import type { KextSession } from '../session/kextSession.ts';
import { declaredIn, eachKext } from '../session/kextView.ts';
import type { Onlookers } from '../session/onlookers.ts';
import { lookWork } from '../work/lazyWork.ts';
import { type CountsShown, countsShown } from './countsShown.ts';
import { leakedFiles } from './leakedFiles.ts';
import { sourceRange } from './sourceRange.ts';

/** VS Code takes its time to ask anew, and does not ask where the editor loses the focus by then: it is told twice. */
const againMs = 1000;

const sources: vscode.DocumentSelector = [
  { scheme: 'file', language: 'cpp' },
  { scheme: 'file', language: 'c' },
  { scheme: 'file', language: 'objective-cpp' },
];

/**
 * The live instances beside the classes of the window's kexts: above the declaration (CodeLens) or after its name (inlay hint),
 * as `kext.counts.show` says; in a hover on the name; and as a badge on the files that declare leaked classes.
 */
export class ClassCounts
  implements vscode.CodeLensProvider, vscode.InlayHintsProvider, vscode.HoverProvider, vscode.FileDecorationProvider
{
  readonly #session: KextSession;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #filesChanged = new vscode.EventEmitter<vscode.Uri[]>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly onDidChangeInlayHints = this.#changed.event;
  readonly onDidChangeFileDecorations = this.#filesChanged.event;
  readonly #subscriptions: vscode.Disposable[];
  #marked: readonly string[] = [];
  #again: NodeJS.Timeout | undefined;

  /** `seen` is called when another editor shows counts. */
  constructor(session: KextSession, onlookers: Onlookers, seen: () => void) {
    this.#session = session;
    onlookers.add(() => this.#areSeen());
    this.#subscriptions = [
      session.onDidChange(() => this.#follow()),
      vscode.workspace.onDidChangeConfiguration(
        change => change.affectsConfiguration('kext.counts') && this.#changed.fire(),
      ),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#areSeen() && seen()),
      vscode.languages.registerCodeLensProvider(sources, this),
      vscode.languages.registerInlayHintsProvider(sources, this),
      vscode.languages.registerHoverProvider(sources, this),
      vscode.window.registerFileDecorationProvider(this),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (shownAs(document) !== 'codeLens') return [];
    return (await this.#beside(document)).map(
      ({ name, place, text }) =>
        new vscode.CodeLens(place, { title: text, command: 'kext.showInstances', arguments: [name] }),
    );
  }

  async provideInlayHints(document: vscode.TextDocument, visible: vscode.Range): Promise<vscode.InlayHint[]> {
    if (shownAs(document) !== 'inline') return [];
    return (await this.#beside(document))
      .filter(({ place }) => visible.contains(place.start))
      .map(({ name, place, text }) => {
        const part = new vscode.InlayHintLabelPart(text);
        part.command = { title: vscode.l10n.t('Show Instances'), command: 'kext.showInstances', arguments: [name] };
        const hint = new vscode.InlayHint(place.end, [part]);
        hint.paddingLeft = true;
        return hint;
      });
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const word = document.getWordRangeAtPosition(position);
    if (word === undefined) return undefined;
    const written = document.getText(word);
    const named = eachKext(this.#session.view).flatMap(view =>
      (view.own?.declarations ?? []).filter(({ sourceName }) => sourceName === written).map(known => ({ known, view })),
    );
    if (named.length === 0) return undefined;
    const { countHover } = await lookWork();
    for (const { known, view } of named) {
      const { file, line } = known.declaration;
      const besideProblem = file === document.uri.fsPath && line === word.start.line + 1;
      const text = countHover(known.name, view, this.#session.historyOf(view), besideProblem);
      if (text !== undefined) return new vscode.Hover(new vscode.MarkdownString(text), word);
    }
    return undefined;
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const found = uri.scheme === 'file' ? leakedFiles(this.#session.view).get(uri.fsPath) : undefined;
    if (found === undefined) return undefined;
    return new vscode.FileDecoration(found.badge, found.tooltip, new vscode.ThemeColor('problemsErrorIcon.foreground'));
  }

  /** An editor shows a class of one of the kexts, and its counts with it. */
  #areSeen(): boolean {
    const { view } = this.#session;
    return vscode.window.visibleTextEditors.some(
      ({ document }) => shownAs(document) !== 'off' && declaredIn(document.uri.fsPath, view).length > 0,
    );
  }

  async #beside(document: vscode.TextDocument) {
    const { view } = this.#session;
    const file = document.uri.fsPath;
    if (declaredIn(file, view).length === 0) return [];
    const { countsInFile } = await lookWork();
    return countsInFile({ file, text: document.getText() }, view).map(({ name, declaration, text }) => ({
      name,
      place: sourceRange(declaration),
      text,
    }));
  }

  #follow(): void {
    const marked = [...leakedFiles(this.#session.view).keys()];
    const touched = [...new Set([...this.#marked, ...marked])].map(file => vscode.Uri.file(file));
    this.#marked = marked;
    this.#changed.fire();
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#changed.fire(), againMs);
    if (touched.length > 0) this.#filesChanged.fire(touched);
  }

  dispose(): void {
    clearTimeout(this.#again);
    for (const each of [...this.#subscriptions, this.#changed, this.#filesChanged]) each.dispose();
  }
}

function shownAs(document: vscode.TextDocument): CountsShown {
  return countsShown(vscode.workspace.getConfiguration('kext', document.uri).get('counts.show'));
}
