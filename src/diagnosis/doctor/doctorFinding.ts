/** How one thing about a target stands. `unknown`: the tool is missing, or said what nobody knows. */
export type Verdict = 'good' | 'warning' | 'problem' | 'unknown';

/** What a doctor looks at; the name that is shown. */
export type CheckName =
  | 'ssh'
  | 'macOS'
  | 'tools'
  | 'architecture'
  | 'SIP'
  | 'boot policy'
  | 'kext consent'
  | 'sudo'
  | 'disk'
  | 'clock'
  | 'KDK'
  | 'keepsyms'
  | 'boot arguments'
  | 'build tools';

/** What leads on from a finding: an operation that this program has. */
export type DoctorStep = 'build' | 'showLog' | 'recordCaptures';

/** What was found of one thing. */
export interface DoctorFinding {
  readonly check: CheckName;
  /** Of the target, or of the machine that this program runs on. */
  readonly of: 'target' | 'this machine';
  readonly verdict: Verdict;
  /** One sentence. */
  readonly says: string;
  /** The command that was asked, as one would type it; undefined where none was. */
  readonly asked: string | undefined;
  /** One or two sentences; undefined where all is well. */
  readonly fix: string | undefined;
  /** What the tool said, line by line, or what follows from the system that it is. */
  readonly evidence: readonly string[];
  readonly step?: DoctorStep;
}
