import * as vscode from 'vscode';

/** Shows progress while `work` runs; the user's Cancel aborts its signal. */
export function cancellable<R>(
  location: vscode.ProgressLocation,
  title: string,
  work: (signal: AbortSignal) => Promise<R>,
): Thenable<R> {
  return vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return work(abort.signal);
  });
}
