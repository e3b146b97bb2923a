import * as vscode from 'vscode';
import type { AskPassword } from '../tools/target.ts';

/** Asks the user for the password that sudo wants on a target; it is kept for the operation, and written nowhere. */
export const askPassword: AskPassword = async ({ target, tool, wrong }, signal) => {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = () => cancellation.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const prompt = vscode.l10n.t(
      'sudo on {0} asks for it, to run {1} as root. It is forgotten when the operation ends.',
      target,
      tool,
    );
    const title = wrong ? vscode.l10n.t('That was not the password') : vscode.l10n.t('Your Password on {0}', target);
    const answer = await vscode.window.showInputBox(
      { title, prompt, password: true, ignoreFocusOut: true },
      cancellation.token,
    );
    return answer === '' ? undefined : answer;
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
};
