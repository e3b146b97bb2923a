import { UnknownToolText } from './toolErrors.ts';
import type { ToolOutput } from './toolOutput.ts';

/** Both streams, standard output first: the classic kext tools say everything on standard error. */
export function allText(output: ToolOutput): string {
  const gap = output.stdout === '' || output.stdout.endsWith('\n') ? '' : '\n';
  return output.stdout + gap + output.stderr;
}

/** Throws UnknownToolText where the tool did not come to its own end, so that what it said is no whole answer. */
export function requireWholeAnswer(tool: string, expected: string, output: ToolOutput): void {
  if (output.cancelled || output.timedOut || output.signal !== null) throw new UnknownToolText(tool, expected, output);
}
