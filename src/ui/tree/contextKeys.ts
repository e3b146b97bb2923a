import * as vscode from 'vscode';
import type { KextSession } from '../session/kextSession.ts';
import { type ContextValues, contextOf } from './contextValues.ts';

/** Keeps the context keys that the manifest's `when` clauses and the walkthrough read in step with the session. */
export function keepContextKeys(session: KextSession): vscode.Disposable {
  let shown: Partial<ContextValues> = {};
  return session.onDidChange(() => {
    const values = contextOf(session, shown);
    for (const [key, value] of Object.entries(values))
      if (shown[key as keyof ContextValues] !== value) void vscode.commands.executeCommand('setContext', key, value);
    shown = values;
  });
}
