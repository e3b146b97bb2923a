import type * as vscode from 'vscode';

/** A text of more lines than this is an archive that nobody reads line by line. */
const longest = 60;
const shown = 4;

/** Writes one call of a tool into the log; of a long text the beginning, and all of it at the level Debug. */
export function logCall(log: vscode.LogOutputChannel, text: string): void {
  const lines = text.split('\n');
  if (lines.length <= longest) {
    log.info(text);
    return;
  }
  const left = lines.length - shown;
  log.info([...lines.slice(0, shown), `… ${left} lines more: set the log level to Debug to see them`].join('\n'));
  log.debug(text);
}
