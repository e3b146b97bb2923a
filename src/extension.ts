import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { config } from '@vscode/l10n';
import * as vscode from 'vscode';
import { KextRecordFile } from './operations/kextRecord.ts';
import { homeFolder } from './operations/linkedKexts.ts';
import { neighboursAmong } from './operations/neighbour.ts';
import { defaultScenario } from './simulator/systems/simulatedSystems.ts';
import { cacheFolder, kextRecordFile, simulatedStateFolder } from './targets/folders.ts';
import { LoggingRunner } from './targets/loggingRunner.ts';
import { ProcessRunner } from './targets/processRunner.ts';
import type { SimulatedMacTarget } from './targets/simulatedMacTarget.ts';
import { scenarioStateFolder, simulatedMacChoices, simulatedMacNamed } from './targets/simulatedScenarios.ts';
import { BuildChoices } from './ui/buildChoices.ts';
import { CaptureReviewPage } from './ui/captureReview.ts';
import { ClassCounts } from './ui/classCounts.ts';
import { keepContextKeys } from './ui/contextKeys.ts';
import { ErrorExplanations } from './ui/explainError.ts';
import { registerCommands } from './ui/kextCommands.ts';
import { KextSession } from './ui/kextSession.ts';
import { KextTasks } from './ui/kextTasks.ts';
import { KextTree } from './ui/kextTree.ts';
import { logCall } from './ui/logCall.ts';
import { OperationQueue } from './ui/operationQueue.ts';
import { Problems } from './ui/problems.ts';
import { QuickFixes } from './ui/quickFixes.ts';
import { ReloadPlanPage } from './ui/reloadPlan.ts';
import type { SessionWorld } from './ui/sessionWorld.ts';
import { StatusItem } from './ui/statusItem.ts';
import { watchChanges } from './ui/watchChanges.ts';

/** Builds the parts, connects them, and returns at once: looking at the workspace goes on in the background. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle !== undefined) config({ contents: vscode.l10n.bundle });
  const log = vscode.window.createOutputChannel('Kext Dev', { log: true });
  const world = sessionWorld(context.extensionPath, context.workspaceState, log);
  const session = new KextSession(world, context.workspaceState, log);
  const queue = new OperationQueue(session, log);
  const failed = (error: unknown) => log.error(error instanceof Error ? error : String(error));
  const refresh = () => void session.refresh().catch(failed);
  const tree = new KextTree(session, refresh);
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
    new ClassCounts(session),
    new KextTasks({ session, queue, world }),
    registerCommands({ session, queue, plan, captures, explanations, world, showLog: () => log.show(), tree }),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.window.onDidChangeActiveTextEditor(() => void session.followEditor().catch(failed)),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
    vscode.workspace.onDidChangeConfiguration(change => change.affectsConfiguration('kext') && refresh()),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => session.followSource(uri.fsPath).catch(failed)),
    watchChanges(session, failed),
  );
  refresh();
}

function sessionWorld(extensionPath: string, memory: vscode.Memento, log: vscode.LogOutputChannel): SessionWorld {
  const host = new LoggingRunner(new ProcessRunner(), '', text => log.debug(text));
  const builds = new LoggingRunner(new ProcessRunner(), 'this machine', text => logCall(log, text));
  const sources = join(extensionPath, 'media', 'simulated-mac');
  const opened = new Map<string, SimulatedMacTarget>();
  return {
    targets: simulatedMacChoices(),
    builds: new BuildChoices(memory, builds),
    readTarget: async targetId =>
      (await import('./targets/readTarget.ts')).readTarget(targetId, { sources }, text => logCall(log, text)),
    demoFolder: join(extensionPath, 'media', 'demo-kext'),
    causesFolder: join(extensionPath, 'media', 'causes'),
    open: async (project, targetId, kexts) => {
      const { scenario = defaultScenario } = simulatedMacNamed(targetId) ?? {};
      const state = scenarioStateFolder(simulatedStateFolder(await homeFolder(project, kexts), process.env), scenario);
      const places = { sources, cache: cacheFolder(process.env), state, scenario };
      // Loaded when it is first needed: a window on a kext opens sooner.
      const { openSimulatedMac } = await import('./targets/openSimulatedMac.ts');
      const target = opened.get(state) ?? openSimulatedMac(places, host, text => logCall(log, text));
      opened.set(state, target);
      const record = kextRecordFile(state, project.bundleIdentifier);
      // A folder that is not there cannot be watched.
      mkdirSync(dirname(record), { recursive: true });
      const stateFiles = [join(state, 'journal.jsonl'), record];
      const recordsOf = (kext: string) => new KextRecordFile(kextRecordFile(state, kext));
      const neighbours = neighboursAmong(kexts, project, recordsOf);
      return { project, target, host: builds, records: new KextRecordFile(record), neighbours, stateFiles };
    },
  };
}
