import { config } from '@vscode/l10n';
import * as vscode from 'vscode';
import { editorWorld } from './editorWorld.ts';
import { showOpenedDemo } from './ui/commands/openedDemo.ts';
import { registerCommands, registerErrorHover, registerTasks } from './ui/commands/registrations.ts';
import { ClassCounts } from './ui/counts/classCounts.ts';
import { CountRefresh } from './ui/counts/countRefresh.ts';
import { TextPages } from './ui/pages/textPages.ts';
import { Problems } from './ui/problems/problems.ts';
import { QuickFixes } from './ui/problems/quickFixes.ts';
import { BuildChoices } from './ui/session/buildChoices.ts';
import { KextSession } from './ui/session/kextSession.ts';
import { Onlookers } from './ui/session/onlookers.ts';
import { watchChanges } from './ui/session/watchChanges.ts';
import { StatusItem } from './ui/status/statusItem.ts';
import { keepContextKeys } from './ui/tree/contextKeys.ts';
import { KextTree } from './ui/tree/kextTree.ts';
import { commandFailureTeller, failureTeller } from './ui/work/failureTeller.ts';
import { logCall } from './ui/work/logCall.ts';
import { OnDemand } from './ui/work/onDemand.ts';
import { readPart } from './ui/work/readPart.ts';

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
  const failed = failureTeller(log);
  const follow = () => void session.follow().catch(failed);
  const tree = new KextTree(session, onlookers, follow);
  const problems = new Problems(session, world.causesFolder);
  const pages = new TextPages();
  const work = new OnDemand(async () => {
    const { KextWork } = await readPart(() => import('./ui/work/kextWork.ts'));
    return new KextWork({ session, world, pages, tree, log, everywhere });
  });
  context.subscriptions.push(
    log,
    session,
    keepContextKeys(session),
    problems,
    new QuickFixes(session, problems),
    new StatusItem(session),
    tree,
    pages,
    new ClassCounts(session, onlookers, () => void session.followIfUnread().catch(failed)),
    new CountRefresh(session, onlookers, failed),
    work,
    registerCommands(() => work.get(), commandFailureTeller(log)),
    registerTasks(() => work.get()),
    registerErrorHover(world.failuresFolder),
    vscode.workspace.onDidGrantWorkspaceTrust(follow),
    vscode.window.onDidChangeActiveTextEditor(() => void session.followEditor().catch(failed)),
    vscode.workspace.onDidChangeWorkspaceFolders(follow),
    vscode.workspace.onDidChangeConfiguration(change => change.affectsConfiguration('kext') && follow()),
    watchChanges(session, failed),
  );
  // What a look needs is read and compiled at once when it begins, and VS Code is to get what stands above first.
  setImmediate(follow);
  void showOpenedDemo(everywhere).then(undefined, failed);
}
