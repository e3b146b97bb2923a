/**
 * A capture: one call of one tool as a file keeps it. A head line, then what the tool said, standard output first:
 *   # {"tool":"kextstat","macos":"10.15.7 (19H2026)","argv":[],"exitCode":0,"stream":"stdout","origin":"recorded"}
 *   Index Refs Address            Size       Wired      Name (Version) UUID <Linked Against>
 * With the stream `both`, `stdoutLength` says how many characters of the text are standard output; without it the two are mixed, as
 * somebody pasted them.
 */

/** Where the text comes from: a Mac, the Simulated Mac, or a person who wrote it in a tool's layout. */
export type CaptureOrigin = 'recorded' | 'simulated' | 'rebuilt';

/** One call and what it said. */
export interface Capture {
  /** The parser's name, as `kext-dev parse` takes it: `ioreg-archive` for `ioreg -a`. */
  readonly tool: string;
  /** `10.15.7 (19H2026)` */
  readonly macos: string;
  readonly argv: readonly string[];
  /** null where the tool did not end by itself, or where that was not written down. */
  readonly exitCode: number | null;
  readonly origin: CaptureOrigin;
  readonly stdout: string;
  readonly stderr: string;
}

/** The capture as its file has it. */
export function captureFile({ stdout, stderr, ...head }: Capture): string {
  const { tool, macos, argv, exitCode, origin } = head;
  const stream = stderr === '' ? 'stdout' : stdout === '' ? 'stderr' : 'both';
  const both = stream === 'both' ? { stdoutLength: stdout.length } : {};
  return `# ${JSON.stringify({ tool, macos, argv, exitCode, stream, ...both, origin })}\n${stdout}${stderr}`;
}

/** The capture in a file's text; undefined where its first line is no head. */
export function readCapture(file: string): Capture | undefined {
  const end = file.indexOf('\n');
  const head = headIn(end === -1 ? file : file.slice(0, end));
  if (head === undefined) return undefined;
  const text = end === -1 ? '' : file.slice(end + 1);
  const { tool, macos = '', argv = [], exitCode = null, origin = 'rebuilt', stream, stdoutLength } = head;
  const length = stream === 'stderr' ? 0 : stream === 'both' ? (stdoutLength ?? text.length) : text.length;
  return { tool, macos, argv, exitCode, origin, stdout: text.slice(0, length), stderr: text.slice(length) };
}

type Head = Partial<Capture> & {
  readonly tool: string;
  readonly stream?: string;
  readonly stdoutLength?: number;
};

function headIn(line: string): Head | undefined {
  if (!line.startsWith('# {')) return undefined;
  try {
    const head = JSON.parse(line.slice(1)) as Partial<Head> | null;
    return typeof head?.tool === 'string' ? { ...head, tool: head.tool } : undefined;
  } catch {
    return undefined;
  }
}
