import type { SourcePosition } from '../../model/sourcePosition.ts';
import type { Connection } from './connection.ts';
import type { Runner } from './runner.ts';
import type { SimulatedMacSwitches } from './simulatedMacSwitches.ts';

/** A Mac that kexts are loaded on. */
export interface Target {
  /** `simulated`, `local`, `ssh:HOST`. */
  readonly id: string;
  /** As the user sees it: `Simulated Mac`, `test-mac`. */
  readonly name: string;
  /** The name inside a sentence: `the Simulated Mac`, `test-mac`. */
  readonly called: string;
  readonly simulated: boolean;
  /** Present on the Simulated Mac alone. */
  readonly switches?: SimulatedMacSwitches;
  readonly runner: Runner;
  /** The connection of this moment: another one after each start of the target. Rejects with TargetLost where there is none. */
  connection(signal: AbortSignal): Promise<Connection>;
  /** Variables that a build for this target needs in its environment. Rejects with ToolNotStarted. */
  buildEnvironment(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** Puts right what of its own state was damaged, as far as that can be; absent where nothing is kept on this machine. */
  mend?(signal: AbortSignal): Promise<void>;
  /** The newest panic since it was last asked, taken once; absent where the Mac's panic reports tell of it. */
  takePanic?(signal: AbortSignal): Promise<Panic | undefined>;
  /**
   * Runs `work` while no other window, terminal or call works on that kext of this target, by whatever name that goes. A crash leaves no
   * lock. `kext`: what it is remembered under, or its identifier.
   */
  exclusively<T>(kext: string, signal: AbortSignal, work: () => Promise<T>, turn?: ExclusiveTurn): Promise<T>;
  /** What works on that kext of it at this moment, and which process of this machine; undefined where nothing does. */
  working(kext: string): Promise<string | undefined>;
  /**
   * Runs `work`, in which sudo may ask for the user's password, and ssh for what lets it in, by `ask`; absent where nobody is there
   * to answer. What was answered is forgotten when the work ends.
   */
  withAnswers<T>(ask: AskPassword | undefined, work: () => Promise<T>): Promise<T>;
  /** Waits `ms` of the target's time. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

/** Asks a person for a password, or for whatever ssh wants; undefined where none is given. */
export type AskPassword = (question: PasswordQuestion, signal: AbortSignal) => Promise<string | undefined>;

/** What a password is asked for. */
export type PasswordQuestion = {
  /** The target inside a sentence. */
  readonly target: string;
  /** The one before was wrong. */
  readonly wrong: boolean;
} & (
  | {
      /** What is to run as root: `kextload`. */
      readonly tool: string;
    }
  | {
      /** What ssh wants to know to get there, in its words: `Enter passphrase for key '/Users/dev/.ssh/id_ed25519'`. */
      readonly sshAsks: string;
    }
);

/** How work on a kext waits for that of another window or terminal, and is waited for. */
export interface ExclusiveTurn {
  /** What it does, for whoever waits: `Reload com.foo.bar`. */
  readonly doing: string;
  /** Told once where it has to wait: for what, and which process of this machine does it. `replace` asks that one to end. */
  waits(behind: string, replace: () => void): void;
  /** It takes the place of whatever it would wait for: that is asked to end. */
  readonly replaces?: boolean;
  /** Told once, while it works, where another one wants its place; who that is, in the same words. */
  asked?(asker: string): void;
}

/** A kernel panic as the target reports it. */
export interface Panic {
  /** `page fault at 0x0 in FooBarDriver::start` */
  readonly reason: string;
  /** Innermost first. */
  readonly frames: readonly PanicFrame[];
  /** Whose code was running, as far as the report tells: the bundle identifier of a kext that is not Apple's. */
  readonly suspect?: string | undefined;
}

export interface PanicFrame {
  readonly function: string;
  /** Bundle identifier, or `kernel`. */
  readonly image: string;
  readonly position: SourcePosition | undefined;
}
