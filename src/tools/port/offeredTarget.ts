/** A target that a person can choose. */
export interface OfferedTarget {
  readonly id: string;
  /** As the user sees it. */
  readonly name: string;
  readonly kind: 'thisMac' | 'ssh' | 'simulated';
  /** A host's address, as `dev@10.0.0.7`; what a Simulated Mac is like. */
  readonly description: string;
}

/** All that can be chosen on this machine, and why it may not be all: sentences without a full stop. */
export interface OfferedTargets {
  readonly targets: readonly OfferedTarget[];
  readonly problems: readonly string[];
}
