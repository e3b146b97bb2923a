import { join } from 'node:path';
import { config } from '@vscode/l10n';
import * as vscode from 'vscode';
import { editorWorld } from './editorWorld.ts';
import { BuildChoices } from './ui/buildChoices.ts';
import { CaptureReviewPage } from './ui/captureReview.ts';
import { ClassCounts } from './ui/classCounts.ts';
import { keepContextKeys } from './ui/contextKeys.ts';
import { CountRefresh } from './ui/countRefresh.ts';
import { ErrorExplanations } from './ui/explainError.ts';
import { registerCommands } from './ui/kextCommands.ts';
import { KextSession } from './ui/kextSession.ts';
import { KextTasks } from './ui/kextTasks.ts';
import { KextTree } from './ui/kextTree.ts';
import { logCall } from './ui/logCall.ts';
import { Onlookers } from './ui/onlookers.ts';
import { showOpenedDemo } from './ui/openDemo.ts';
import { OperationQueue } from './ui/operationQueue.ts';
import { Problems } from './ui/problems.ts';
import { QuickFixes } from './ui/quickFixes.ts';
import { ReloadPlanPage } from './ui/reloadPlan.ts';
import { StatusItem } from './ui/statusItem.ts';
import { watchChanges } from './ui/watchChanges.ts';

/** Builds the parts, connects them, and returns at once: looking at the workspace goes on in the background. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle !== undefined) config({ contents: vscode.l10n.bundle });
  const log = vscode.window.createOutputChannel('Kext Dev', { log: true });
  const world = editorWorld(context.extensionPath, {
    logs: { calls: text => logCall(log, text), details: text => log.debug(text) },
    buildsOn: machine => new BuildChoices(context.workspaceState, machine),
  });
  const onlookers = new Onlookers();
  const { workspaceState: memory, globalState: everywhere } = context;
  const session = new KextSession({ world, memory, everywhere, log, onlookers });
  const queue = new OperationQueue(session, log);
  const failed = (error: unknown) => log.error(error instanceof Error ? error : String(error));
  const follow = () => void session.follow().catch(failed);
  const tree = new KextTree(session, onlookers, follow);
  const problems = new Problems(session, world.causesFolder);
  const plan = new ReloadPlanPage(session);
  const explanations = new ErrorExplanations(join(context.extensionPath, 'media', 'failures'));
  const captures = new CaptureReviewPage();
  context.subscriptions.push(
    log,
    session,
    keepContextKeys(session),
    problems,
    new QuickFixes(session, problems),
    new StatusItem(session),
    tree,
    plan,
    captures,
    explanations,
    new ClassCounts(session, onlookers, () => void session.followIfUnread().catch(failed)),
    new CountRefresh(session, onlookers, failed),
    new KextTasks({ session, queue, world }),
    registerCommands({
      session,
      queue,
      plan,
      captures,
      explanations,
      world,
      showLog: () => log.show(),
      tree,
      everywhere,
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(follow),
    vscode.window.onDidChangeActiveTextEditor(() => void session.followEditor().catch(failed)),
    vscode.workspace.onDidChangeWorkspaceFolders(follow),
    vscode.workspace.onDidChangeConfiguration(change => change.affectsConfiguration('kext') && follow()),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => session.followSource(uri.fsPath).catch(failed)),
    watchChanges(session, failed),
  );
  follow();
  void showOpenedDemo(everywhere).then(undefined, failed);
}
