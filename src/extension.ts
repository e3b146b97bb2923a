import { config } from '@vscode/l10n';
import * as vscode from 'vscode';
import { editorWorld } from './editorWorld.ts';
import { BuildChoices } from './ui/buildChoices.ts';
import { ClassCounts } from './ui/classCounts.ts';
import { keepContextKeys } from './ui/contextKeys.ts';
import { CountRefresh } from './ui/countRefresh.ts';
import { commandFailureTeller, failureTeller } from './ui/failureTeller.ts';
import { KextSession } from './ui/kextSession.ts';
import { KextTree } from './ui/kextTree.ts';
import { logCall } from './ui/logCall.ts';
import { OnDemand } from './ui/onDemand.ts';
import { Onlookers } from './ui/onlookers.ts';
import { showOpenedDemo } from './ui/openedDemo.ts';
import { Problems } from './ui/problems.ts';
import { QuickFixes } from './ui/quickFixes.ts';
import { readPart } from './ui/readPart.ts';
import { registerCommands, registerErrorHover, registerTasks } from './ui/registrations.ts';
import { StatusItem } from './ui/statusItem.ts';
import { TextPages } from './ui/textPages.ts';
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
  const failed = failureTeller(log);
  const follow = () => void session.follow().catch(failed);
  const tree = new KextTree(session, onlookers, follow);
  const problems = new Problems(session, world.causesFolder);
  const pages = new TextPages();
  const work = new OnDemand(async () => {
    const { KextWork } = await readPart(() => import('./ui/kextWork.ts'));
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
