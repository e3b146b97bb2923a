import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';

/** What a tool gave back when it came to its own end, save for what is given. */
export function said(given: Partial<ToolOutput>): ToolOutput {
  return { stdout: '', stderr: '', exitCode: 0, signal: null, timedOut: false, cancelled: false, ...given };
}
