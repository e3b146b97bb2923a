import type { KextBundle } from '../bundle/kextBundle.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { LoadProof } from '../diagnosis/loadProof.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Runner } from '../tools/port/runner.ts';
import type { AskPassword, Target } from '../tools/port/target.ts';
import type { PhaseProgress, PhaseRecord } from './phases.ts';
import type { KextProject } from './project/kextProject.ts';
import type { Neighbour } from './project/neighbour.ts';
import type { KextRecordStore } from './record/kextRecord.ts';
import type { OnceFile } from './record/onceFile.ts';
import type { Shelf } from './shelf/shelf.ts';
import type { ThisMacCare } from './thisMacCare.ts';
import type { AskBeforeUnload } from './unload/confirmUnload.ts';

/** What every operation on a kext works with. */
export interface Operation {
  readonly project: KextProject;
  readonly target: Target;
  /** Where builds run: this machine. */
  readonly host: Runner;
  readonly records: KextRecordStore;
  /** The other kexts of the workspace; absent where none are known. */
  readonly neighbours?: readonly Neighbour[];
  /** Where reloads are kept; absent where none are. */
  readonly shelf?: Shelf;
  readonly progress: PhaseProgress;
  /** As whoever waits for it in another window or terminal reads it: `Reload com.foo.bar`. */
  readonly doing?: string;
  /** Where builds go on a target that loads from any folder; absent for a folder that is empty after a restart. */
  readonly installPath?: string | undefined;
  /** Whether somebody was told what to do if the target no longer starts with what was installed; absent where nothing remembers it. */
  readonly advised?: OnceFile | undefined;
  /** Asked for the password that sudo wants on the target; absent where nobody is there to answer. */
  readonly askPassword?: AskPassword | undefined;
  /** Asked before an unload that is likely to be refused; absent where nobody is to be asked or told. */
  readonly askBeforeUnload?: AskBeforeUnload | undefined;
  /** Where the target is This Mac, and nowhere else. */
  readonly thisMacCare?: ThisMacCare;
  /** Whoever asked for a reload or a load has seen that the last operation took the target down. */
  readonly afterPanic?: boolean;
  /** It takes the place of another window's or terminal's that works on the same kext. */
  readonly replaces?: boolean;
  /** Told where it has to wait for such a one, which `replace` asks to end. */
  readonly offerReplace?: ((behind: string, replace: () => void) => void) | undefined;
}

/** How an operation ended, in the words of the terminal's JSON. */
export type Outcome =
  | 'built'
  | 'installed'
  | 'uninstalled'
  | 'loaded'
  | 'unloaded'
  | 'used'
  | 'restarted'
  | 'reset'
  | 'quit'
  | 'plugged'
  | 'unplugged'
  | 'panicked'
  | 'waitingForApproval'
  | 'waitingForRestart'
  | 'approved'
  | 'refused'
  | 'dependents'
  | 'stopFailed'
  | 'notFound'
  | 'notPrivileged'
  | 'stillLoaded'
  | 'failed'
  | 'cancelled'
  | 'unknown';

/** What was asked for has come about or is on its way: waiting is no failure, nor is a panic that was asked for. */
export const cameAbout: ReadonlySet<Outcome> = new Set([
  'built',
  'installed',
  'uninstalled',
  'loaded',
  'unloaded',
  'used',
  'restarted',
  'reset',
  'quit',
  'plugged',
  'unplugged',
  'panicked',
  'approved',
  'waitingForApproval',
  'waitingForRestart',
]);

/** What became of a kext that is linked against the one that an operation was asked for. */
export interface DependentResult {
  readonly bundleIdentifier: string;
  /** How its unload ended. */
  readonly unload: Outcome;
  /** How the load after it ended; absent where it was not loaded again. */
  readonly load?: Outcome;
  /** Of what runs again. */
  readonly uuid?: string;
}

/** What an operation did and found. */
export interface OperationResult {
  readonly outcome: Outcome;
  readonly phases: readonly PhaseRecord[];
  readonly diagnoses: readonly Diagnosis[];
  /** The kexts that were to go before it, in the order of their unloads; absent where there were none. */
  readonly dependents?: readonly DependentResult[];
  /** The product, once there is one. */
  readonly bundle?: KextBundle;
  /** What the list of loaded kexts proves of a load; absent where nothing was loaded. */
  readonly proof?: LoadProof;
  /** Why it could not be kept on the shelf; absent where it was, or was not to be. */
  readonly notShelved?: string;
  /** What the target held at the end, where it was read. */
  readonly snapshot?: Snapshot;
  /** The panic report of a target that went down, a file of this machine. */
  readonly panicReport?: string;
}
