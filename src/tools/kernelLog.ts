/**
 * The kernel's and the system's log, in every form in which a Mac gives them: logDefault.ts, logCompact.ts, logSyslog.ts and
 * logJson.ts for log(1) and `kmutil log`, systemLogRow.ts for system.log and the Console, dmesg.ts for the kernel's bare
 * lines. The forms may be mixed; log(1)'s own lines around the events are notices.
 */

import type { LogEvent, RawLogEvent } from './log/logEvent.ts';
import { logReader } from './log/logReader.ts';
import { linesOfEvent, logEventReader } from './log/readLogEvent.ts';
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import type { LineNotUnderstood, ParsedText } from './text/parsedText.ts';

/** The kernel's messages of the last minutes, oldest first. A log that cannot be read is an answer without any. */
export function kernelLog(minutes = 1): ToolCommand<readonly LogEvent[]> {
  return {
    tool: 'log',
    argv: ['show', '--style', 'ndjson', '--last', `${minutes}m`, '--predicate', 'process == "kernel"'],
    asRoot: false,
    timeoutMs: 60_000,
    parse: output => {
      requireWholeAnswer('log', 'messages of the kernel', output);
      return output.exitCode === 0 ? parseSystemLog(output.stdout).records : [];
    },
  };
}

/** The kernel's log. A line with nothing before its message is the kernel's, as in dmesg. */
export function parseKernelLog(text: string): ParsedText<LogEvent> {
  return parseLog(text, true);
}

/** The system's log, in which every message says whose it is. A line that does not, and that goes on with none, is kept. */
export function parseSystemLog(text: string): ParsedText<LogEvent> {
  return parseLog(text, false);
}

function parseLog(text: string, bareLines: boolean): ParsedText<LogEvent> {
  const records: LogEvent[] = [];
  const notices: string[] = [];
  const notUnderstood: LineNotUnderstood[] = [];
  let recordLines = 0;
  const read = logEventReader();
  const reader = logReader(
    {
      event: raw => {
        const event = read(raw);
        if (event === undefined) for (const line of linesOfEvent(raw)) notUnderstood.push(line);
        else if (event === 'end') for (const line of ownLines(raw)) notices.push(line);
        else {
          records.push(event);
          recordLines += raw.lines;
        }
      },
      notice: notice => notices.push(notice),
      notUnderstood: line => notUnderstood.push(line),
    },
    { bareLines },
  );
  reader.feed(text);
  reader.end();
  return { records, recordLines, notices, notUnderstood };
}

/** A line that another object has is told of there. */
function ownLines(raw: RawLogEvent): readonly string[] {
  return linesOfEvent(raw).flatMap(({ line, text }) => (line > 0 ? [text] : []));
}
