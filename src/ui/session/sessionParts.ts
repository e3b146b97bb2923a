import type * as vscode from 'vscode';
import type { Onlookers } from './onlookers.ts';
import type { SessionWorld } from './sessionWorld.ts';

/** What a session lives in. */
export interface SessionParts {
  readonly world: SessionWorld;
  /** Of the workspace, and of every workspace of the user. */
  readonly memory: vscode.Memento;
  readonly everywhere: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  /** While none of them is there, a Mac that is no simulated one is asked only where the user wants it. */
  readonly onlookers: Onlookers;
}
