import type * as vscode from 'vscode';
import { TextPage } from './textPage.ts';

/** The pages that commands write. */
export class TextPages implements vscode.Disposable {
  readonly plan = new TextPage('kext-plan', 'Reload Plan');
  readonly doctor = new TextPage('kext-doctor', 'Doctor.md');
  readonly captures = new TextPage('kext-captures', 'Captures.md');
  readonly explained = new TextPage('kext-explained', 'What This Means.md');

  dispose(): void {
    for (const page of [this.plan, this.doctor, this.captures, this.explained]) page.dispose();
  }
}
