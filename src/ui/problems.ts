import * as vscode from 'vscode';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import type { KextSession } from './kextSession.ts';
import { buildFindings, withoutBuildFindings } from './lastingDiagnoses.ts';
import { problemSource, problemText } from './problemText.ts';

/**
 * The session's diagnoses in the Problems view: those of a build in a collection of their own, because they go when a
 * build starts and on edit.
 */
export class Problems implements vscode.Disposable {
  readonly #build = vscode.languages.createDiagnosticCollection('kext build');
  readonly #kext = vscode.languages.createDiagnosticCollection('kext');
  readonly #session: KextSession;
  readonly #subscriptions: vscode.Disposable[];

  constructor(session: KextSession) {
    this.#session = session;
    this.#subscriptions = [
      session.onDidChange(() => this.#show()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) session.forgetBuildFindings(document.uri.fsPath);
      }),
    ];
  }

  #show(): void {
    const { diagnoses, target } = this.#session.view;
    const mistake = this.#session.problem;
    fill(this.#build, buildFindings(diagnoses), problemSource(undefined));
    fill(this.#kext, withoutBuildFindings(diagnoses), problemSource(target));
    if (mistake?.position === undefined) return;
    const shown = new vscode.Diagnostic(range(mistake.position), mistake.problem, severities.error);
    shown.source = problemSource(undefined);
    this.#build.set(vscode.Uri.file(mistake.position.file), [shown]);
  }

  dispose(): void {
    for (const each of [...this.#subscriptions, this.#build, this.#kext]) each.dispose();
  }
}

function fill(collection: vscode.DiagnosticCollection, diagnoses: readonly Diagnosis[], source: string): void {
  const byFile = new Map<string, vscode.Diagnostic[]>();
  for (const diagnosis of diagnoses) {
    if (diagnosis.anchor === undefined) continue;
    const problems = byFile.get(diagnosis.anchor.file) ?? [];
    problems.push(problem(diagnosis, diagnosis.anchor, source));
    byFile.set(diagnosis.anchor.file, problems);
  }
  collection.clear();
  for (const [file, problems] of byFile) collection.set(vscode.Uri.file(file), problems);
}

function problem(diagnosis: Diagnosis, anchor: SourcePosition, source: string): vscode.Diagnostic {
  const shown = new vscode.Diagnostic(range(anchor), problemText(diagnosis), severities[diagnosis.severity]);
  shown.source = source;
  shown.code = diagnosis.cause;
  shown.relatedInformation = diagnosis.evidence.flatMap(({ text, position }) =>
    position === undefined
      ? []
      : [
          new vscode.DiagnosticRelatedInformation(
            new vscode.Location(vscode.Uri.file(position.file), range(position)),
            text,
          ),
        ],
  );
  return shown;
}

/** VS Code counts from 0. Without an end the word at the place is marked. */
export function range({ line, column, endColumn }: SourcePosition): vscode.Range {
  return new vscode.Range(line - 1, column - 1, line - 1, (endColumn ?? column) - 1);
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;
