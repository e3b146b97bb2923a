import * as vscode from 'vscode';
import type { KextSession } from '../session/kextSession.ts';
import type { OwnKext } from '../session/kextView.ts';
import type { SessionWorld } from '../session/sessionWorld.ts';
import { subjectOf } from '../session/targetFindings.ts';
import { findWorkspaceKext } from '../session/workspaceKext.ts';
import type { MeantKext } from '../work/operationQueue.ts';
import type { TreeRow } from './treeRow.ts';

/** A kext of the window that is not the one that is shown. */
export interface OtherMeant extends MeantKext {
  readonly own: OwnKext;
}

/** How long a look at its project may take, in ms. */
const longestLookMs = 30_000;

interface Window {
  readonly session: KextSession;
  readonly world: SessionWorld;
}

/**
 * Does what a command on a row is to do with its kext. Meanwhile the window may have turned to that one; with a row that is gone nothing is
 * done.
 */
export async function onRow<W extends Window>(
  row: unknown,
  window: W,
  work: (window: W, kext?: OtherMeant) => Promise<void>,
): Promise<void> {
  const { own, others } = window.session.view;
  const key = (row as Partial<TreeRow> | undefined)?.ownKey;
  if (key !== undefined && key === own?.key) return work(window);
  const other = others.find(each => each.own.key === key);
  const kext = other && meantKext(other.own, window);
  if (kext !== undefined) await work(window, kext);
}

/** That kext on the target of the one that is shown; undefined where there is none. */
function meantKext(own: OwnKext, { session, world }: Window): OtherMeant | undefined {
  const { operation } = session;
  if (operation === undefined) return undefined;
  const { target } = operation;
  const { key } = own;
  const choice = { activeFile: undefined, selected: undefined, shown: key, remembered: undefined };
  const open = async () => {
    const found = await findWorkspaceKext(choice, world.builds, AbortSignal.timeout(longestLookMs));
    // Where the window has a single one left, that is chosen whatever is asked for.
    if ('project' in found && found.project.key === key) return world.open(found.project, target.id, found.kexts);
    const problem = 'problem' in found ? found.problem?.problem : undefined;
    throw new Error(problem ?? vscode.l10n.t('{0} is no kext of this window any more.', own.shortName));
  };
  return { bundleIdentifier: own.bundleIdentifier, subject: subjectOf({ project: own, target }), own, open };
}
