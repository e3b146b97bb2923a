import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ProjectProblem } from '../../operations/project/kextProject.ts';
import { escaped } from '../../report/markdown.ts';
import type { KextSession } from '../session/kextSession.ts';
import { ownSettings } from '../settings/ownSettings.ts';
import { type MistakePlace, statusText } from './statusText.ts';
import { type StatusTooltip, statusTooltip } from './statusTooltip.ts';

/** The one status item; it shows only where there is a kext project. */
export class StatusItem implements vscode.Disposable {
  readonly #session: KextSession;
  readonly #item = vscode.window.createStatusBarItem('kext.status', vscode.StatusBarAlignment.Left, 50);
  readonly #subscription: vscode.Disposable;

  constructor(session: KextSession) {
    this.#session = session;
    this.#item.name = 'Kext Dev';
    this.#subscription = session.onDidChange(() => this.#show());
  }

  #show(): void {
    const { view, problem, emptyReason } = this.#session;
    const status = statusText(view, problem?.problem, emptyReason === 'wrongSetting' ? 'settings' : placeOf(problem));
    if (status === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = status.text;
    this.#item.tooltip = markdown(statusTooltip(view, status));
    this.#item.accessibilityInformation = { label: status.spoken };
    const { command } = status;
    const ofOwn = { command, title: status.text, arguments: [ownSettings] };
    this.#item.command = command === 'workbench.action.openSettings' ? ofOwn : command;
    this.#item.backgroundColor =
      status.colour === undefined ? undefined : new vscode.ThemeColor(`statusBarItem.${status.colour}Background`);
    this.#item.show();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }
}

function markdown({ lines, links }: StatusTooltip): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: links.map(({ command }) => command) };
  // What appendText writes breaks no line at a blank, and so in the middle of a word.
  for (const line of lines) text.appendMarkdown(`${escaped(line)}\n\n`);
  return text.appendMarkdown(links.map(({ title, command }) => `[${title}](command:${command})`).join(' · '));
}

function placeOf(problem: ProjectProblem | undefined): MistakePlace | undefined {
  return problem?.position === undefined ? undefined : { file: basename(problem.position.file) };
}
