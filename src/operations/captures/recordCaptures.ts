import { type Capture, captureFile } from '../../tools/captures/captureFile.ts';
import { parseCapture } from '../../tools/captures/captureParsers.ts';
import { captureTool } from '../../tools/captures/captureTool.ts';
import { type ReadKext, readOnlyCalls } from '../../tools/captures/readOnlyCalls.ts';
import { allText } from '../../tools/port/answer.ts';
import { type Runner, visiting } from '../../tools/port/runner.ts';
import type { Target } from '../../tools/port/target.ts';
import { commandLine, type ToolCommand } from '../../tools/port/toolCommand.ts';
import { ToolNotStarted } from '../../tools/port/toolErrors.ts';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { KnownNames } from '../../tools/redaction/findOriginals.ts';
import {
  type RedactedCapture,
  type Redaction,
  type Replacement,
  redactCaptures,
} from '../../tools/redaction/redactCaptures.ts';
import { parseSwVers } from '../../tools/swVers.ts';

/** A call and what it said, as it was. */
export interface RecordedCall {
  readonly command: Pick<ToolCommand<unknown>, 'tool' | 'argv' | 'asRoot'>;
  readonly output: ToolOutput;
  /** It ran where kexts are built, not on the target. */
  readonly onHost: boolean;
}

/** What was recorded: calls, and tools that the target does not have. */
export interface Recording {
  readonly calls: readonly RecordedCall[];
  readonly missing: readonly string[];
}

/** A capture as it is to be saved. */
export interface ReviewedCapture extends RedactedCapture {
  /** What the file is to hold. */
  readonly text: string;
  /** How many lines its parser does not understand. */
  readonly notUnderstood: number;
}

/** What somebody looks through before anything is saved. */
export interface CaptureReview extends Pick<Redaction, 'left'> {
  readonly macos: string;
  readonly captures: readonly ReviewedCapture[];
  readonly replacements: readonly Replacement[];
  /** Tools that are not there. */
  readonly missing: readonly string[];
}

/**
 * Runs every call by which the product reads a target, one after the other; nothing of it needs root or changes anything.
 * `tell` hears each command line before it runs. Rejects as Runner.run does, but for a tool that is not there.
 */
export async function recordReadOnlyCalls(
  target: Pick<Target, 'runner'>,
  kext: ReadKext | undefined,
  signal: AbortSignal,
  tell: (line: string) => void = () => undefined,
): Promise<Recording> {
  const calls: RecordedCall[] = [];
  const missing: string[] = [];
  const runner = recordingRunner(target.runner, false, call => {
    if (isNoSuchTool(call.output)) missing.push(call.command.tool);
    else calls.push(call);
  });
  for (const command of readOnlyCalls(kext ?? { classes: [] })) {
    signal.throwIfAborted();
    tell(commandLine(command));
    await runner.run(command, signal).catch((error: unknown) => {
      if (!(error instanceof ToolNotStarted)) throw error;
      missing.push(command.tool);
    });
  }
  signal.throwIfAborted();
  return { calls, missing: [...new Set(missing)] };
}

/** What a shell says of a program that it does not find: no tool printed it. */
function isNoSuchTool({ exitCode, stdout }: ToolOutput): boolean {
  return exitCode === 127 && stdout === '';
}

/** Passes every call on, and gives it to `record` with what it said. */
export function recordingRunner(inner: Runner, onHost: boolean, record: (call: RecordedCall) => void): Runner {
  const keep = ({ tool, argv, asRoot }: ToolCommand<unknown>, output: ToolOutput) => {
    if (!output.cancelled) record({ command: { tool, argv, asRoot }, output, onHost });
  };
  return {
    async run(command, signal, heard, sent) {
      const output = await inner.run(command, signal, heard, sent);
      keep(command, output);
      return output;
    },
    async runTogether(commands, signal, sent) {
      const endings = await inner.runTogether(commands, signal, sent);
      for (const [at, command] of commands.entries()) {
        const ending = endings[at];
        if (ending !== undefined && !(ending instanceof ToolNotStarted)) keep(command, ending);
      }
      return endings;
    },
    visit: work => visiting(inner, there => work(recordingRunner(there, onHost, record))),
  };
}

/** The captures of a recording, with stand-ins for what is private. */
export function reviewOf(
  { calls, missing }: Recording,
  target: Pick<Target, 'simulated' | 'id'>,
  known: KnownNames,
): CaptureReview {
  const macos = systemIn(calls);
  const elsewhere = target.id === 'local' ? macos : 'none: the machine that builds';
  const captures = calls.map(
    ({ command: { tool, argv }, output: { stdout, stderr, exitCode }, onHost }): Capture => ({
      tool: captureTool(tool, argv),
      macos: onHost ? elsewhere : macos,
      argv,
      exitCode,
      origin: target.simulated ? 'simulated' : 'recorded',
      stdout,
      stderr,
    }),
  );
  const { captures: redacted, ...found } = redactCaptures(captures, known);
  return { ...found, macos, missing, captures: redacted.map(reviewed) };
}

function reviewed(capture: RedactedCapture): ReviewedCapture {
  const said = allText({ ...capture, signal: null, timedOut: false, cancelled: false });
  return {
    ...capture,
    text: captureFile(capture),
    notUnderstood: parseCapture(capture.tool, said).notUnderstood.length,
  };
}

/** `10.15.7 (19H2026)`, by the newest answer of sw_vers. */
function systemIn(calls: readonly RecordedCall[]): string {
  const answer = calls.findLast(({ command }) => command.tool === 'sw_vers')?.output.stdout ?? '';
  const values = new Map(parseSwVers(answer).records.map(({ key, value }) => [key, value]));
  const build = values.get('BuildVersion');
  return `${values.get('ProductVersion') ?? 'unknown'}${build === undefined ? '' : ` (${build})`}`;
}
