import type { Scenario } from '../../../src/simulator/systems/simulatedSystem.ts';
import type { DemoNames } from '../renamedDemo.ts';
import type { SimulatedBench } from '../simulatedBench.ts';
import type { SshServer } from '../sshServer.ts';
import type { Window } from '../window.ts';

/** A window in which states are reached one after the other: each from the one before. */
export interface Scene {
  /** Writes the project that the window opens; an empty window without it. */
  readonly fill?: (folder: string) => Promise<void>;
  /** Default: true. */
  readonly trusted?: boolean;
  /** A Mac besides the Simulated Mac of the project. */
  readonly mac?: SceneMac;
  /** Has the Simulated Mac whose state is in that folder become what the window finds. */
  readonly arrange?: (folder: string, state: string) => Promise<unknown>;
  /** Before the first state. */
  readonly prepare?: (stage: Stage) => Promise<void>;
  readonly states: readonly State[];
}

/** A Mac whose tools are those of a Simulated Mac, which the window does not know for one. */
export interface SceneMac {
  /** `here`: it is the machine that VS Code runs on. */
  readonly reached: 'over SSH, as mini' | 'here';
  /** Default: macOS 10.15. */
  readonly scenario?: Scenario;
  /** Has it become what the window finds. */
  readonly arrange: (bench: SimulatedBench) => Promise<unknown>;
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
  /** Another one once VS Code was killed. */
  readonly window: Window;
  readonly folder: string;
  readonly names: DemoNames;
  /** Of the Simulated Mac. */
  readonly state: string;
  /** The server of `mini`. */
  readonly server: SshServer | undefined;
  /** The folder with the executables of the scene's Mac; the empty path without one. */
  readonly tools: string;
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
  /** Kills VS Code as a crash does, lets something come to its end, and opens the same window anew. */
  crash(meanwhile: () => Promise<void>): Promise<void>;
}
