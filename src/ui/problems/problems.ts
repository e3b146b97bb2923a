import * as vscode from 'vscode';
import { isMistake } from '../session/emptyReason.ts';
import type { KextSession } from '../session/kextSession.ts';
import { buildFindings } from '../session/lastingDiagnoses.ts';
import { buildProblems, loadProblems } from './foundProblems.ts';
import { problemOfProject } from './problem.ts';
import { ProblemCollection, type ShownProblem } from './problemCollection.ts';
import { isOwnSource, problemSource } from './problemText.ts';
import type { Said } from './saidElsewhere.ts';

/**
 * What the session knows of the window's kexts in the Problems view: the findings of a build in a collection of their own, because they go when a
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
        const found = session.findings.flatMap(({ diagnoses }) => buildFindings(diagnoses));
        const files = new Set(found.map(({ anchor }) => anchor?.file));
        if (uris.some(({ fsPath }) => files.has(fsPath))) this.#showBuild();
      }),
    ];
  }

  /** What is shown in a file. */
  in(file: string): readonly ShownProblem[] {
    return [...this.#build.in(file), ...this.#kext.in(file)];
  }

  #show(): void {
    const { emptyReason, findings } = this.#session;
    // While the project or its settings have a mistake there is no target, and what was found on it stays as it is.
    if (!isMistake(emptyReason)) this.#kext.show(loadProblems(findings));
    this.#showBuild();
  }

  #showBuild(): void {
    const { findings, problem, view } = this.#session;
    const mistake = problemOfProject(problem, problemSource(view.target ?? view.wanted));
    this.#build.show([...mistake, ...buildProblems(findings, saidByOthers)]);
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
