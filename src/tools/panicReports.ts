/**
 * Where a Mac keeps its panic reports, and the tools that read them: ls(1), stat(1), cat(1). Accepted, of `ls -1t`,
 * the newest first, where other reports stand between:
 *   Kernel_2020-11-24-160624_test-mac.panic       (until 10.15; `panic-full-….panic` on a Mac with T2)
 *   panic-full-2023-09-21-115545.0002.ips         (since 11)
 *   ls: /Library/Logs/PanicReporter: No such file or directory
 *   ls: /Library/Logs/DiagnosticReports: Permission denied
 * of `stat -f %m`, or `stat -c %Y` where that is coreutils', the seconds since 1970 of the last change:
 *   1606230412
 *   stat: /Library/Logs/DiagnosticReports/Kernel_2020-11-24-160624_test-mac.panic: stat: No such file or directory
 */
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import type { ToolOutput } from './port/toolOutput.ts';

/** Of any macOS, and of 10.5 and earlier. */
export const panicReportFolders: readonly string[] = ['/Library/Logs/DiagnosticReports', '/Library/Logs/PanicReporter'];

/** The panic reports of a folder. */
export interface PanicReportList {
  /** Newest first, with their folder. */
  readonly paths: readonly string[];
  /** Why they may not be read, in the tool's words; undefined where they may, or where there is no such folder. */
  readonly refused: string | undefined;
}

/** Lists the panic reports of one of `panicReportFolders`. */
export function panicReports(folder: string, asRoot: boolean): ToolCommand<PanicReportList> {
  return { ...reads('ls', ['-1t', folder], asRoot), parse: output => parsePanicReports(folder, output) };
}

function parsePanicReports(folder: string, output: ToolOutput): PanicReportList {
  requireWholeAnswer('ls', 'names of files', output);
  const paths = output.stdout.split('\n').flatMap(name => (isPanicReport(name) ? [`${folder}/${name}`] : []));
  const isMissing = /: No such file or directory\s*$/.test(output.stderr);
  const refused = output.exitCode === 0 || isMissing ? undefined : wordsOf(output);
  return { paths, refused };
}

/** A name has no slash, and nothing that a terminal would act on. */
function isPanicReport(name: string): boolean {
  return /^(?:[\p{L}\p{N}_][\p{L}\p{M}\p{N} ._()'’+-]*\.panic|panic-[\w.-]+\.ips|panic\.log)$/u.test(name);
}

/** Whose stat(1) the PATH leads to: macOS' own, or coreutils', which takes other options. */
export type StatForm = 'macOS' | 'coreutils';

/** When a report was written, by the target's clock, in seconds since 1970; undefined where it went meanwhile. */
export function panicReportTime(
  path: string,
  asRoot: boolean,
  form: StatForm = 'macOS',
): ToolCommand<number | undefined> {
  const argv = form === 'macOS' ? ['-f', '%m', path] : ['-c', '%Y', path];
  return { ...reads('stat', argv, asRoot), parse: output => timeIn(output, path) };
}

function timeIn(output: ToolOutput, path: string): number | undefined {
  requireWholeAnswer('stat', whenWritten, output);
  const seconds = output.exitCode === 0 ? secondsIn(output.stdout) : undefined;
  if (seconds !== undefined) return seconds;
  // Coreutils' takes macOS' format for a file, and misses that one.
  const isGone = output.stderr
    .split('\n')
    .some(line => line.includes(path) && /: No such file or directory$/.test(line));
  if (isGone) return undefined;
  throw new UnknownToolText('stat', whenWritten, output);
}

const whenWritten = 'when a panic report was written';

/** The text of a report. */
export function panicReportText(path: string, asRoot: boolean): ToolCommand<string> {
  return {
    ...reads('cat', [path], asRoot),
    parse: output => {
      requireWholeAnswer('cat', 'a panic report', output);
      if (output.exitCode !== 0) throw new UnknownToolText('cat', 'a panic report', output);
      return output.stdout;
    },
  };
}

function reads(tool: string, argv: readonly string[], asRoot: boolean) {
  return { tool, argv, asRoot, timeoutMs: 60_000 };
}

function secondsIn(text: string): number | undefined {
  const digits = /^\s*(\d{1,12})\s*$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function wordsOf({ stderr, exitCode }: ToolOutput): string {
  const last =
    stderr
      .trimEnd()
      .split('\n')
      .at(-1)
      ?.slice(0, 300)
      .replace(/\p{Cc}+/gu, ' ')
      .trim() ?? '';
  return last === '' ? `ls exited with ${exitCode}` : last;
}
