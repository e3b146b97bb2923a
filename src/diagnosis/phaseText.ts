/** A phase of an operation, as its record has it. */
export interface WorkedPhase {
  /** `unloading`, `installing` … */
  readonly phase: string;
  /** The kext that was worked on, where that is not the one that was asked for. */
  readonly kext?: string | undefined;
}

/** A phase in a word or two: `loading`, `unloading org.sample.Pump`. */
export function phaseText({ phase, kext }: WorkedPhase): string {
  return kext === undefined ? phase : `${phase} ${kext}`;
}
