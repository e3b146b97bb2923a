import * as vscode from 'vscode';
import type { KextSession } from './kextSession.ts';
import { ownLoaded } from './kextView.ts';

/** Keeps the context keys that the manifest's `when` clauses read in step with the session. */
export function keepContextKeys(session: KextSession): vscode.Disposable {
  const shown = new Map<string, unknown>();
  const set = (key: string, value: unknown) => {
    if (shown.get(key) === value) return;
    shown.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  return session.onDidChange(() => {
    const { view } = session;
    set('kext.empty', session.emptyReason);
    // Where several could be meant, a command asks which one.
    set('kext.hasProject', view.own !== undefined || session.emptyReason === 'severalKexts');
    set('kext.hasSeveral', view.kexts > 1);
    set('kext.xcode', view.own?.xcode?.builds ?? false);
    set('kext.simulated', view.target?.simulated ?? false);
    set('kext.loaded', ownLoaded(view) !== undefined);
    set('kext.waiting', view.waiting);
    set('kext.hasPanicReport', view.panicReport !== undefined);
    set('kext.hasFindings', view.diagnoses.length > 0);
  });
}
