import * as vscode from 'vscode';
import type { KextSession } from '../session/kextSession.ts';
import { ownLoaded } from '../session/kextView.ts';
import type { Onlookers } from '../session/onlookers.ts';

/**
 * Reads the counts of a Mac anew from time to time, as `kext.counts.refreshSeconds` says: what uses the driver there tells nobody.
 * Only while the kext is loaded, somebody sees its counts, and nothing else is done with it. A Simulated Mac changes by files that
 * are watched.
 */
export class CountRefresh implements vscode.Disposable {
  readonly #session: KextSession;
  readonly #onlookers: Onlookers;
  readonly #failed: (error: unknown) => void;
  readonly #subscriptions: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(session: KextSession, onlookers: Onlookers, failed: (error: unknown) => void) {
    this.#session = session;
    this.#onlookers = onlookers;
    this.#failed = failed;
    this.#subscriptions = [
      // Every look, whatever it was for, begins the time anew.
      session.onDidChange(() => this.#wait()),
      vscode.workspace.onDidChangeConfiguration(
        change => change.affectsConfiguration('kext.counts.refreshSeconds') && this.#wait(),
      ),
    ];
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const ms = pauseMs();
    if (ms !== undefined && this.#changesUnheard()) this.#timer = setTimeout(() => this.#read(), ms);
  }

  #read(): void {
    const isSeen = vscode.window.state.focused && this.#onlookers.areThere;
    if (isSeen && this.#changesUnheard()) this.#session.readAgain().catch(this.#failed);
    this.#wait();
  }

  /** The target can change without that this window hears of it. */
  #changesUnheard(): boolean {
    const { view } = this.#session;
    const isThere = view.target !== undefined && !view.target.simulated && !view.past;
    return isThere && view.activity === undefined && ownLoaded(view) !== undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#subscriptions) each.dispose();
  }
}

/** undefined where nothing is read from time to time. */
function pauseMs(): number | undefined {
  const seconds = vscode.workspace.getConfiguration('kext').get<unknown>('counts.refreshSeconds');
  return typeof seconds === 'number' && seconds > 0 ? Math.min(Math.max(seconds, 1), 3600) * 1000 : undefined;
}
