import * as vscode from 'vscode';
import { knownNames } from '../../operations/captures/knownNames.ts';
import {
  type RecordedCall,
  type Recording,
  recordReadOnlyCalls,
  reviewOf,
} from '../../operations/captures/recordCaptures.ts';
import { recordOperation } from '../../operations/captures/recordOperation.ts';
import type { KextProject } from '../../operations/project/kextProject.ts';
import { reloadKext } from '../../operations/reload.ts';
import type { Target } from '../../tools/port/target.ts';
import type { TextPage } from '../pages/textPage.ts';
import type { KextSession } from '../session/kextSession.ts';
import type { SessionWorld } from '../session/sessionWorld.ts';
import { unlinked } from '../unlinked.ts';
import { askPassword } from '../work/askPassword.ts';
import { cancellable } from '../work/cancellable.ts';
import type { OperationQueue } from '../work/operationQueue.ts';
import { saveProject } from '../work/saveProject.ts';
import { tellEnding } from '../work/tellEnding.ts';
import { askHost } from './askHost.ts';
import { offerCaptures } from './captureReview.ts';
import { explainNothing } from './explainNothing.ts';

/** What Record Captures works with. */
export interface RecordingParts {
  readonly session: KextSession;
  readonly queue: OperationQueue;
  readonly world: Pick<SessionWorld, 'readTarget' | 'targetNamed'>;
  readonly pages: { readonly captures: TextPage };
}

/** What is recorded: the calls that read a target, and maybe a reload. */
interface Subject {
  readonly target: Target;
  readonly project: KextProject | undefined;
  readonly reload: boolean;
}

/** Without a subject: a Mac over SSH, which is still to be named. */
interface Choice extends vscode.QuickPickItem {
  readonly subject?: Subject;
}

/** Record Captures: what the tools of a Mac say, without what is private, looked through and then saved. */
export async function recordCaptures(parts: RecordingParts): Promise<void> {
  if (!vscode.workspace.isTrusted) return explainNothing('untrusted', undefined);
  const subject = await chooseSubject(parts);
  if (subject === undefined) return;
  const { target, project } = subject;
  const title = vscode.l10n.t('Record what {0} says', target.called);
  const read = await cancellable(vscode.ProgressLocation.Notification, title, signal =>
    target.withAnswers(askPassword, () => recordReadOnlyCalls(target, project, signal)),
  );
  const recording = subject.reload ? await withReload(parts, read) : read;
  if (recording === undefined) return;
  await offerCaptures(reviewOf(recording, target, knownNames(project, target)), parts.pages.captures);
}

async function chooseSubject({ session, world }: RecordingParts): Promise<Subject | undefined> {
  await session.refresh();
  const project = session.operation?.project;
  const chosen = await vscode.window.showQuickPick(choicesOf(session, await world.readTarget('local')), {
    title: vscode.l10n.t('Record Captures'),
    placeHolder: vscode.l10n.t('Nothing is saved before you have looked through it'),
  });
  if (chosen?.subject !== undefined) return chosen.subject;
  const id = chosen === undefined ? undefined : await askHost(world);
  if (id === undefined) return undefined;
  const target = await world.readTarget(id);
  if (!('problem' in target)) return { target, project, reload: false };
  void vscode.window.showErrorMessage(unlinked(target.problem));
  return undefined;
}

function choicesOf({ operation }: KextSession, thisMac: Target | { readonly problem: string }): readonly Choice[] {
  const choices: Choice[] = [];
  const project = operation?.project;
  if (!('problem' in thisMac)) {
    const label = vscode.l10n.t('What the tools of this Mac say');
    choices.push({ label, subject: { target: thisMac, project, reload: false } });
  }
  if (operation !== undefined && project !== undefined) {
    const { target } = operation;
    const reads = vscode.l10n.t('What the tools of {0} say', target.called);
    const reloads = vscode.l10n.t('The same, and a reload of {0}', project.bundleIdentifier);
    choices.push({ label: reads, subject: { target, project, reload: false } });
    choices.push({ label: reloads, subject: { target, project, reload: true } });
  }
  return [...choices, { label: vscode.l10n.t('What the tools of a Mac over SSH say…') }];
}

/**
 * A reload as any other, with its calls behind those that are there. undefined where it was cancelled: nothing of a recording is left
 * then. One that could not go on because of what a tool said is what a recording is for.
 */
async function withReload({ session, queue }: RecordingParts, read: Recording): Promise<Recording | undefined> {
  const calls: RecordedCall[] = [...read.calls];
  if (!(await saveProject(session))) return undefined;
  let cancel: AbortSignal | undefined;
  const ran = await queue.run({ title: 'Reload', replacesItself: true }, (operation, signal) => {
    cancel = signal;
    return reloadKext(
      recordOperation(operation, call => calls.push(call)),
      signal,
    );
  });
  tellEnding('reload', ran, session);
  return cancel === undefined || cancel.aborted ? undefined : { ...read, calls };
}
