/** A place in a text file. Lines and columns count from 1; `endColumn` is one past the last character. */
export interface SourcePosition {
  /** Absolute path, or relative to the source folder where a command says so. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn?: number;
}
