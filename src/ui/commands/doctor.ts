import * as vscode from 'vscode';
import type { DoctorStep } from '../../diagnosis/doctor/doctorFinding.ts';
import type { DoctorReport, DoctorSubject } from '../../operations/examineTarget.ts';
import { doctorPage } from '../../report/doctorPage.ts';
import { openPage } from '../pages/openPage.ts';
import type { TextPage } from '../pages/textPage.ts';
import type { KextSession } from '../session/kextSession.ts';
import type { SessionWorld } from '../session/sessionWorld.ts';
import { askPassword } from '../work/askPassword.ts';
import { cancellable } from '../work/cancellable.ts';
import { readPart } from '../work/readPart.ts';
import type { CommandId } from './commandIds.ts';
import { chooseExamined } from './doctorTarget.ts';
import { explainNothing } from './explainNothing.ts';

/** What the doctor works with. */
export interface DoctorParts {
  readonly session: KextSession;
  readonly world: Pick<SessionWorld, 'readTarget' | 'offeredTargets' | 'targetNamed' | 'host'>;
  readonly pages: { readonly doctor: TextPage };
}

/** Doctor: a rendered page that says what a target and this machine lack, looked up anew each time it is asked for. */
export class Doctor {
  readonly #parts: DoctorParts;
  readonly #page: TextPage;
  #seen: { readonly subject: DoctorSubject; readonly report: DoctorReport } | undefined;

  constructor(parts: DoctorParts) {
    this.#parts = parts;
    this.#page = parts.pages.doctor;
  }

  /** Of the target that is worked with; where there is none, of one that is chosen. */
  async examine(): Promise<void> {
    if (!vscode.workspace.isTrusted) return explainNothing('untrusted', undefined);
    const subject = await chooseExamined(this.#parts);
    if (subject !== undefined) await this.#show(subject);
  }

  /** Of the one that the page is about. */
  async lookAgain(): Promise<void> {
    if (this.#seen === undefined) return this.examine();
    await this.#show(this.#seen.subject);
  }

  async copy(): Promise<void> {
    if (this.#page.text === '') return this.examine();
    await vscode.env.clipboard.writeText(this.#page.text);
    vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) The report of the doctor is copied.'), 3000);
  }

  /** Runs what leads on from one of the findings. */
  async chooseStep(): Promise<void> {
    const findings = this.#seen?.report.findings ?? [];
    const steps = findings.flatMap(({ check, says, step }) =>
      step === undefined
        ? []
        : [{ label: stepCommands[step].label(), description: check, detail: says, run: stepCommands[step].command }],
    );
    if (steps.length === 0) {
      const text = vscode.l10n.t('What is to be done here is not done by a command: the page says how.');
      return void vscode.window.showInformationMessage(text);
    }
    const chosen = await vscode.window.showQuickPick(steps, { placeHolder: vscode.l10n.t('What to do next') });
    if (chosen !== undefined) await vscode.commands.executeCommand(chosen.run);
  }

  async #show(subject: DoctorSubject): Promise<void> {
    const title = vscode.l10n.t('Examine {0}', subject.target.called);
    const { examineTarget } = await readPart(() => import('../../operations/examineTarget.ts'));
    const report = await cancellable(vscode.ProgressLocation.Notification, title, signal =>
      subject.target.withAnswers(askPassword, () => examineTarget(subject, signal)),
    );
    this.#seen = { subject, report };
    this.#page.text = doctorPage(report);
    await openPage(this.#page.place);
    void vscode.commands.executeCommand('setContext', 'kext.examined', true);
  }
}

const stepCommands: Readonly<Record<DoctorStep, { readonly label: () => string; readonly command: CommandId }>> = {
  build: { label: () => vscode.l10n.t('Build Kext'), command: 'kext.build' },
  showLog: { label: () => vscode.l10n.t('Show Log'), command: 'kext.showLog' },
  recordCaptures: { label: () => vscode.l10n.t('Record Captures'), command: 'kext.recordCaptures' },
};
