import * as vscode from 'vscode';
import type { KextSession } from '../session/kextSession.ts';
import { nextSteps } from './nextSteps.ts';
import type { ShownProblem } from './problemCollection.ts';
import type { Problems } from './problems.ts';

/** The light bulb of a Problem: its actions run what can be done about it at that moment. */
export class QuickFixes implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #session: KextSession;
  readonly #problems: Problems;
  readonly #registration: vscode.Disposable;

  constructor(session: KextSession, problems: Problems) {
    this.#session = session;
    this.#problems = problems;
    const metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.#registration = vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, this, metadata);
  }

  provideCodeActions(document: vscode.TextDocument, place: vscode.Range): vscode.CodeAction[] {
    return this.#problems
      .in(document.uri.fsPath)
      .filter(({ shown }) => touches(shown.range, place))
      .flatMap(problem => this.#actions(problem));
  }

  #actions({ problem, shown }: ShownProblem): vscode.CodeAction[] {
    if (problem.diagnosis === undefined || problem.ofAnother) return [];
    return nextSteps(problem.diagnosis, this.#session.view).map(({ title, command, argument }) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [shown];
      action.command = { title, command, ...(argument === undefined ? {} : { arguments: [argument] }) };
      return action;
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** A range without an end stands for the word there, which may reach to the end of its line. */
function touches(range: vscode.Range, place: vscode.Range): boolean {
  if (!range.isEmpty) return range.intersection(place) !== undefined;
  return place.start.line <= range.start.line && range.start.line <= place.end.line;
}
