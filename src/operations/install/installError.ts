/** A copy could not be installed; the message says what lies at its place. */
export class InstallFailed extends Error {
  /** What the tools said. */
  readonly lines: readonly string[];
  /** The next step, where it is another one than to put right what is said. */
  readonly remedy: string | undefined;
  constructor(
    message: string,
    { lines = [], remedy }: { readonly lines?: readonly string[]; readonly remedy?: string } = {},
  ) {
    super(message);
    this.name = 'InstallFailed';
    this.lines = lines;
    this.remedy = remedy;
  }
}
