import type { IntegrityProtection } from '../../model/system.ts';
import type { Volume } from '../../tools/df.ts';
import type { KernelDebugKit } from '../../tools/kernelDebugKits.ts';
import type { SudoRights } from '../../tools/sudoRights.ts';
import type { SystemVersion } from '../../tools/swVers.ts';
import type { KernelValues } from '../../tools/sysctl.ts';
import type { StartupSecurity } from '../../tools/systemProfiler.ts';
import type { FoundPrograms } from '../../tools/which.ts';
import type { Asked } from './asked.ts';

/** What the target is called, and of what kind it is. */
export interface ExaminedTarget {
  /** `simulated`, `local`, `ssh:HOST`. */
  readonly id: string;
  /** As the user sees it. */
  readonly name: string;
  /** The name inside a sentence. */
  readonly called: string;
  readonly simulated: boolean;
}

/** What the target's tools said. */
export interface TargetAnswers {
  readonly version: Asked<SystemVersion>;
  readonly kernel: Asked<KernelValues>;
  readonly protection: Asked<IntegrityProtection>;
  readonly time: Asked<number>;
  readonly programs: Asked<FoundPrograms>;
  readonly bootArguments: Asked<readonly string[]>;
  readonly nextBootArguments: Asked<readonly string[]>;
  readonly volumes: Asked<readonly Volume[]>;
  readonly kits: Asked<readonly KernelDebugKit[]>;
  readonly consent: Asked<boolean>;
  readonly startup: Asked<StartupSecurity>;
  readonly groups: Asked<readonly number[]>;
  readonly sudo: Asked<SudoRights>;
  /** This machine's clock before the questions and after them, in seconds since 1970. */
  readonly before: number;
  readonly after: number;
}

/** What this machine's tools said. */
export interface HostAnswers {
  readonly programs: Asked<FoundPrograms>;
  readonly clang: Asked<string>;
  readonly xcodebuild: Asked<string>;
  readonly ssh: Asked<string>;
  readonly kits: Asked<readonly KernelDebugKit[]>;
}

/** How a Mac over SSH was reached. */
export interface SshConnection {
  /** Over the open connection and back, in ms. */
  readonly roundTripMs: number;
  /** It stays open for what is asked next. */
  readonly keptOpen: boolean;
}

/** The kext project that is worked on. */
export interface ExaminedProject {
  /** Program and arguments. */
  readonly buildCommand: readonly string[];
  /** What the newest build has code for; undefined where there is none. */
  readonly architectures: readonly string[] | undefined;
}

/** All that a doctor knows before it judges. */
export interface DoctorFacts {
  readonly target: ExaminedTarget;
  /** A message says why nothing could be asked there. */
  readonly answers: TargetAnswers | { readonly notReached: string };
  readonly host: HostAnswers;
  /** Of a Mac over SSH. */
  readonly connection?: SshConnection;
  readonly project?: ExaminedProject;
}
