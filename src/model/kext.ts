/**
 * A kernel extension as the target's kernel lists it (kextstat(8), kmutil showloaded).
 * A field is undefined where the kernel did not report it (`??`, `no UUID`).
 */
export interface Kext {
  readonly bundleIdentifier: string;
  readonly version: string;
  /** Load index. Gaps are normal: an unloaded kext's index is never given out again before a restart. */
  readonly index: number | undefined;
  /** Dependents plus other references, so it can exceed the number of rows that name this index. */
  readonly references: number | undefined;
  /** Unslid load address; 0n where the system hides it. */
  readonly address: bigint | undefined;
  /** Bytes. */
  readonly size: bigint | undefined;
  /** Bytes. */
  readonly wired: bigint | undefined;
  readonly architecture: string | undefined;
  /** LC_UUID of the executable, upper case, 8-4-4-4-12. */
  readonly uuid: string | undefined;
  /** Load indexes of the kexts that this one depends on; undefined where the list was not printed at all. */
  readonly linkedAgainst: readonly number[] | undefined;
}

/** True for Apple's kexts, which Kext Dev shows and never touches. */
export function isApple(bundleIdentifier: string): boolean {
  return bundleIdentifier === '__kernel__' || /^com\.apple(\.|$)/i.test(bundleIdentifier);
}

/**
 * Whether the tools list and unload a kext by that identifier: kextstat(8) prints it between blanks and in front of a parenthesis, and
 * kextunload(8) takes it as a word. Apple's own rule for it is narrower: letters, digits, hyphens and dots.
 */
export function isKextIdentifier(text: string): boolean {
  return /^(?=.*[A-Za-z0-9])[\w.+][\w.+-]*$/.test(text);
}

/** The kexts of `all` that depend on `kext`. */
export function dependents(kext: Kext, all: readonly Kext[]): readonly Kext[] {
  const index = kext.index;
  return index === undefined ? [] : all.filter(other => other.linkedAgainst?.includes(index) ?? false);
}
