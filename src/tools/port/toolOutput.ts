/** Everything that one run of a tool gave back. A non-zero exit code is data, never an exception. */
export interface ToolOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** null when a signal ended the tool. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  /** Of what was given up and goes on all the same, because it runs as root. */
  readonly pid?: number;
}
