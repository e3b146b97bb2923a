import type { DemoNames } from '../renamedDemo.ts';
import type { SshServer } from '../sshServer.ts';
import type { Window } from '../window.ts';

/** A window in which states are reached one after the other: each from the one before. */
export interface Scene {
  /** Writes the project that the window opens; an empty window without it. */
  readonly fill?: (folder: string) => Promise<void>;
  /** Default: true. */
  readonly trusted?: boolean;
  /** Its kext is loaded on a Mac that the window reaches over SSH as `mini`. */
  readonly overSsh?: true;
  /** Has the Simulated Mac whose state is in that folder become what the window finds. */
  readonly arrange?: (folder: string, state: string) => Promise<unknown>;
  /** Before the first state. */
  readonly prepare?: (stage: Stage) => Promise<void>;
  readonly states: readonly State[];
}

/** What a user meets. */
export interface State {
  /** Of its pictures. */
  readonly name: string;
  readonly reach: (stage: Stage) => Promise<void>;
  /** Done anew for every picture: what goes when the window's size changes. The pointer stays where it is then. */
  readonly again?: (stage: Stage) => Promise<void>;
  /** What leads out of it, after the pictures. */
  readonly leave?: (stage: Stage) => Promise<void>;
}

/** The window of a scene, and what its states are reached with. */
export interface Stage {
  readonly window: Window;
  readonly folder: string;
  readonly names: DemoNames;
  /** Of the Simulated Mac. */
  readonly state: string;
  /** The server of `mini`. */
  readonly server: SshServer | undefined;
  /** Waits for it in the status bar. */
  sees(what: string, expected: RegExp): Promise<unknown>;
  /** Waits for it in the side bar. */
  seesInSideBar(what: string, expected: RegExp): Promise<unknown>;
  /** Waits for it in the Problems panel, which is left open. */
  seesProblem(expected: RegExp): Promise<unknown>;
  /** A command of this extension. */
  run(title: string): Promise<void>;
  /** Changes a file of the project. */
  edit(file: string, change: (text: string) => string): Promise<void>;
  clearToasts(): Promise<void>;
}
