/**
 * `log show --style ndjson` (log(1)), for what the kernel said: one JSON object a line. Accepted:
 *   {"timestamp":"2026-11-23 10:00:00.000000+0000","eventMessage":"Kext … class … has 1 instance.","processImagePath":"\/kernel"}
 *   {"count":12,"finished":1}     (the last line)
 * A message may run over several lines. Lines that are no such object are kept.
 */
import { requireWholeAnswer } from './answer.ts';
import { type Line, parseLines } from './lines.ts';
import { isNoise } from './noise.ts';
import type { ParsedText } from './parsedText.ts';
import type { ToolCommand } from './toolCommand.ts';

/** One event of the log. */
export interface LogEvent {
  /** As log(1) writes it; undefined where it does not. */
  readonly timestamp: string | undefined;
  readonly message: string;
}

/** The kernel's messages of the last minute, oldest first. A log that cannot be read is an answer without any. */
export function kernelLog(): ToolCommand<readonly LogEvent[]> {
  return {
    tool: 'log',
    argv: ['show', '--style', 'ndjson', '--last', '1m', '--predicate', 'process == "kernel"'],
    asRoot: false,
    timeoutMs: 60_000,
    parse: output => {
      requireWholeAnswer('log', 'messages of the kernel', output);
      return output.exitCode === 0 ? parseLogNdjson(output.stdout).records : [];
    },
  };
}

/** The events of `log show --style ndjson`. */
export function parseLogNdjson(text: string): ParsedText<LogEvent> {
  return parseLines(text, readEvent, line => isNoise(line) || isEnd(line));
}

function readEvent({ text }: Line): LogEvent | undefined {
  const { eventMessage, timestamp } = objectIn(text) ?? {};
  if (typeof eventMessage !== 'string') return undefined;
  return { message: eventMessage, timestamp: typeof timestamp === 'string' ? timestamp : undefined };
}

function isEnd(text: string): boolean {
  return objectIn(text)?.finished !== undefined || text.startsWith('Filtering the log data using ');
}

function objectIn(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
