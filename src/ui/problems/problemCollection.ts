import * as vscode from 'vscode';
import { sourceRange } from '../counts/sourceRange.ts';
import { causePage } from './causePage.ts';
import type { Problem } from './problem.ts';

/** A Problem and the entry that VS Code shows for it. */
export interface ShownProblem {
  readonly problem: Problem;
  readonly shown: vscode.Diagnostic;
}

/**
 * Problems of one kind. Only the files in which something differs are set anew, so that nothing flickers and a change that
 * changes nothing tells nobody.
 */
export class ProblemCollection implements vscode.Disposable {
  readonly #collection: vscode.DiagnosticCollection;
  readonly #shown = new Map<string, { readonly key: string; readonly problems: readonly ShownProblem[] }>();

  readonly #causesFolder: string;

  constructor(name: string, causesFolder: string) {
    this.#causesFolder = causesFolder;
    this.#collection = vscode.languages.createDiagnosticCollection(name);
  }

  /** Takes the place of everything that was shown. */
  show(problems: readonly Problem[]): void {
    const byFile = Map.groupBy(problems, ({ place }) => place.file);
    for (const file of this.#shown.keys()) if (!byFile.has(file)) this.#set(file, []);
    for (const [file, found] of byFile) this.#set(file, found);
  }

  /** What is shown in a file. */
  in(file: string): readonly ShownProblem[] {
    return this.#shown.get(file)?.problems ?? [];
  }

  #set(file: string, found: readonly Problem[]): void {
    const key = JSON.stringify(found);
    if (this.#shown.get(file)?.key === key) return;
    const problems = found.map(problem => ({ problem, shown: shownAs(problem, this.#causesFolder) }));
    if (found.length === 0) this.#shown.delete(file);
    else this.#shown.set(file, { key, problems });
    this.#collection.set(
      vscode.Uri.file(file),
      problems.map(({ shown }) => shown),
    );
  }

  dispose(): void {
    this.#collection.dispose();
  }
}

function shownAs({ place, text, severity, source, cause, related }: Problem, folder: string): vscode.Diagnostic {
  const shown = new vscode.Diagnostic(sourceRange(place), text, severities[severity]);
  shown.source = source;
  if (cause !== undefined) shown.code = { value: cause, target: vscode.Uri.file(causePage(folder, cause)) };
  shown.relatedInformation = related.map(
    ({ text: why, position }) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(vscode.Uri.file(position.file), sourceRange(position)),
        why,
      ),
  );
  return shown;
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;
