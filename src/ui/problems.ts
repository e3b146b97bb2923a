import * as vscode from 'vscode';
import type { KextSession } from './kextSession.ts';
import { buildFindings, withoutBuildFindings } from './lastingDiagnoses.ts';
import { problemOfProject, problemsOf } from './problem.ts';
import { ProblemCollection, type ShownProblem } from './problemCollection.ts';
import { isOwnSource, problemSource } from './problemText.ts';
import { notSaidElsewhere, type Said } from './saidElsewhere.ts';

/**
 * The session's diagnoses in the Problems view: those of a build in a collection of their own, because they go when a
 * build starts and on edit, and stay away where a language server says the same.
 */
export class Problems implements vscode.Disposable {
  readonly #build: ProblemCollection;
  readonly #kext: ProblemCollection;
  readonly #session: KextSession;
  readonly #subscriptions: vscode.Disposable[];

  constructor(session: KextSession, causesFolder: string) {
    this.#build = new ProblemCollection('kext build', causesFolder);
    this.#kext = new ProblemCollection('kext', causesFolder);
    this.#session = session;
    this.#subscriptions = [
      session.onDidChange(() => this.#show()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) session.forgetBuildFindings(document.uri.fsPath);
      }),
      // A change of our own comes here, too: it changes nothing of what others say, so nothing is set anew.
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const files = new Set(buildFindings(session.view.diagnoses).map(({ anchor }) => anchor?.file));
        if (uris.some(({ fsPath }) => files.has(fsPath))) this.#showBuild();
      }),
    ];
  }

  /** What is shown in a file. */
  in(file: string): readonly ShownProblem[] {
    return [...this.#build.in(file), ...this.#kext.in(file)];
  }

  #show(): void {
    const { diagnoses, target } = this.#session.view;
    const { emptyReason } = this.#session;
    // While the project or its settings have a mistake there is no target, and what was found on it stays as it is.
    if (emptyReason !== 'problem' && emptyReason !== 'wrongTarget')
      this.#kext.show(problemsOf(withoutBuildFindings(diagnoses), problemSource(target)));
    this.#showBuild();
  }

  #showBuild(): void {
    const found = buildFindings(this.#session.view.diagnoses);
    const files = new Set(found.flatMap(({ anchor }) => (anchor === undefined ? [] : [anchor.file])));
    const told = notSaidElsewhere(found, [...files].flatMap(saidByOthers));
    const source = problemSource(undefined);
    this.#build.show([...problemOfProject(this.#session.problem, source), ...problemsOf(told, source)]);
  }

  dispose(): void {
    for (const each of [...this.#subscriptions, this.#build, this.#kext]) each.dispose();
  }
}

function saidByOthers(file: string): readonly Said[] {
  return vscode.languages
    .getDiagnostics(vscode.Uri.file(file))
    .filter(({ source }) => !isOwnSource(source))
    .map(({ message, range }) => ({ file, line: range.start.line + 1, message }));
}
