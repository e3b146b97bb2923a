import * as vscode from 'vscode';
import { failureOf } from '../operations/failure.ts';
import type { KextProject } from '../operations/kextProject.ts';
import { knownNames } from '../operations/knownNames.ts';
import { type RecordedCall, type Recording, recordReadOnlyCalls, reviewOf } from '../operations/recordCaptures.ts';
import { recordOperation } from '../operations/recordOperation.ts';
import { reloadKext } from '../operations/reload.ts';
import type { Target } from '../tools/target.ts';
import { cancellable } from './cancellable.ts';
import type { CaptureReviewPage } from './captureReview.ts';
import { explainNothing } from './explainNothing.ts';
import type { KextSession } from './kextSession.ts';
import type { OperationQueue } from './operationQueue.ts';
import { saveProject } from './saveProject.ts';
import type { SessionWorld } from './sessionWorld.ts';
import { tellEnding } from './tellEnding.ts';

/** What Record Captures works with. */
export interface RecordingParts {
  readonly session: KextSession;
  readonly queue: OperationQueue;
  readonly world: Pick<SessionWorld, 'thisMac'>;
  readonly captures: CaptureReviewPage;
}

/** What is recorded: the calls that read a target, and maybe a reload. */
interface Subject {
  readonly target: Target;
  readonly project: KextProject | undefined;
  readonly reload: boolean;
}

/** Record Captures: what the tools of a Mac say, without what is private, looked through and then saved. */
export async function recordCaptures(parts: RecordingParts): Promise<void> {
  if (!vscode.workspace.isTrusted) return explainNothing('untrusted', undefined);
  const subject = await chooseSubject(parts);
  if (subject === undefined) return;
  const { target, project } = subject;
  const title = vscode.l10n.t('Record what {0} says', target.called);
  try {
    const read = await cancellable(vscode.ProgressLocation.Notification, title, signal =>
      recordReadOnlyCalls(target, project?.classes ?? [], signal),
    );
    const recording = subject.reload ? await withReload(parts, read) : read;
    await parts.captures.offer(reviewOf(recording, target, knownNames(project, target)));
  } catch (error) {
    // Whoever cancelled knows that nothing came of it.
    if ((error as Error).name !== 'AbortError') void vscode.window.showErrorMessage(failureOf(error).message);
  }
}

async function chooseSubject({ session, world }: RecordingParts): Promise<Subject | undefined> {
  await session.refresh();
  const { operation, emptyReason, problem } = session;
  const { thisMac } = world;
  if (operation === undefined && thisMac === undefined) {
    explainNothing(emptyReason, problem?.problem);
    return undefined;
  }
  const items: (vscode.QuickPickItem & { readonly subject: Subject })[] = [];
  if (operation !== undefined) {
    const { target, project } = operation;
    const reads = vscode.l10n.t('What the tools of {0} say', target.called);
    const reloads = vscode.l10n.t('The same, and a reload of {0}', project.bundleIdentifier);
    items.push({ label: reads, subject: { target, project, reload: false } });
    items.push({ label: reloads, subject: { target, project, reload: true } });
  }
  if (thisMac !== undefined) {
    const label = vscode.l10n.t('What the tools of this Mac say');
    items.push({ label, subject: { target: thisMac, project: operation?.project, reload: false } });
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Record Captures'),
    placeHolder: vscode.l10n.t('Nothing is saved before you have looked through it'),
  });
  return chosen?.subject;
}

/** A reload as any other, with its calls behind those that are there. */
async function withReload({ session, queue }: RecordingParts, read: Recording): Promise<Recording> {
  const calls: RecordedCall[] = [...read.calls];
  await saveProject(session);
  const result = await queue.run({ title: 'Reload', replacesBuild: true }, (operation, signal) =>
    reloadKext(
      recordOperation(operation, call => calls.push(call)),
      signal,
    ),
  );
  tellEnding('reload', result, session.view);
  return { ...read, calls };
}
