import * as vscode from 'vscode';
import type { AskPassword, PasswordQuestion } from '../../tools/port/target.ts';

/** Asks the user for what sudo wants on a target, or ssh to get there; it is kept for the operation, and written nowhere. */
export const askPassword: AskPassword = async (question, signal) => {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = () => cancellation.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const answer = await vscode.window.showInputBox(
      { ...wordsOf(question), password: true, ignoreFocusOut: true },
      cancellation.token,
    );
    return answer === '' ? undefined : answer;
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
};

function wordsOf(question: PasswordQuestion): { readonly title: string; readonly prompt: string } {
  const { target, wrong } = question;
  if ('sshAsks' in question) {
    return {
      title: wrong ? vscode.l10n.t('That did not let you in') : vscode.l10n.t('To Reach {0}', target),
      prompt: vscode.l10n.t('ssh asks: {0}. It is forgotten when the operation ends.', question.sshAsks),
    };
  }
  return {
    title: wrong ? vscode.l10n.t('That was not the password') : vscode.l10n.t('Your Password on {0}', target),
    prompt: vscode.l10n.t(
      'sudo on {0} asks for it, to run {1} as root. It is forgotten when the operation ends.',
      target,
      question.tool,
    ),
  };
}
