import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { sourceEndings } from '../../model/sourceNames.ts';
import type { KextSession } from './kextSession.ts';
import { SourceFollower } from './sourceFollower.ts';

/** Changes that come within this time, in ms, are looked at together. */
const settleMs = 300;

/** Files whose change makes another project of a folder. */
const projectFiles =
  '**/{*Info*.plist*,Makefile,makefile,GNUmakefile,project.pbxproj,contents.xcworkspacedata,*.xcconfig,*.xcscheme}';

const sourceFiles = `**/*.{${sourceEndings.join(',')}}`;

/**
 * Keeps the session up to date with what others change: the project's Info.plist, Makefile and Xcode project, its sources, and what another
 * window or a terminal does to the target. An operation of this window looks by itself when it ends.
 */
export function watchChanges(session: KextSession, failed: (error: unknown) => void): vscode.Disposable {
  const atRest = () => session.view.activity === undefined;
  const project = settled(atRest, () => session.follow().catch(failed));
  const state = settled(atRest, () => session.followIfChanged().catch(failed));
  const changed = new Set<string>();
  const follower = new SourceFollower(session);
  const sources = settled(
    () => true,
    () => {
      const files = [...changed];
      changed.clear();
      return follower.changed(files).catch(failed);
    },
  );
  const inProduct = ({ path }: vscode.Uri) => /\.(?:kext|dSYM)\//.test(path);
  let watched = '';
  let ofState = vscode.Disposable.from();
  return vscode.Disposable.from(
    project,
    state,
    sources,
    watch(sourceFiles, ({ fsPath }) => {
      changed.add(fsPath);
      sources.soon();
    }),
    // A source of an Xcode project may lie where nothing is watched.
    vscode.workspace.onDidSaveTextDocument(({ uri }) => follower.saved(uri.fsPath).catch(failed)),
    watch(projectFiles, uri => inProduct(uri) || project.soon()),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && project.soon()),
    session.onDidChange(() => {
      const files = session.operation?.stateFiles ?? [];
      if (files.join() === watched) return;
      watched = files.join();
      ofState.dispose();
      ofState = vscode.Disposable.from(...files.map(file => watch(exactly(file), state.soon)));
    }),
    { dispose: () => ofState.dispose() },
  );
}

function exactly(file: string): vscode.RelativePattern {
  return new vscode.RelativePattern(vscode.Uri.file(dirname(file)), basename(file));
}

function watch(pattern: vscode.GlobPattern, changed: (uri: vscode.Uri) => unknown): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  watcher.onDidCreate(changed);
  watcher.onDidChange(changed);
  watcher.onDidDelete(changed);
  return watcher;
}

/** Calls `work` once things were quiet for a while and `ready` holds. */
function settled(ready: () => boolean, work: () => unknown): vscode.Disposable & { readonly soon: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (ready() ? work() : soon()), settleMs);
  };
  return { soon, dispose: () => clearTimeout(timer) };
}
