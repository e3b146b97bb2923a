import { readBareLine } from '../dmesg.ts';
import { isRelayed, type KernelLine, readKernelLine } from '../messages/kernelLines.ts';
import { lastAnswer } from '../text/lastAnswer.ts';
import type { LineNotUnderstood } from '../text/parsedText.ts';
import { backtraceReport } from './backtraceReport.ts';
import { readCompactRow } from './logCompact.ts';
import { readDefaultRow } from './logDefault.ts';
import type { LogEvent, LogHead, RawLogEvent } from './logEvent.ts';
import { readLogObject } from './logJson.ts';
import { readSyslogRow } from './logSyslog.ts';
import { readSystemRow } from './systemLogRow.ts';

/** What an event says; `end` for the object that counts them; undefined where it has none of the forms after all. */
export type ReadLogEvent = (raw: RawLogEvent) => LogEvent | 'end' | undefined;

/** For the events of one log, in which much repeats: that is looked at once. */
export function logEventReader(): ReadLogEvent {
  // That an object is none takes long to find out.
  const readObject = lastAnswer(readLogObject);
  const readFact = lastAnswer(text => readKernelLine({ line: 0, text }));
  return raw => readLogEvent(raw, { readObject, readFact });
}

interface Readers {
  readonly readObject: typeof readLogObject;
  readonly readFact: (text: string) => KernelLine | undefined;
}

function readLogEvent(raw: RawLogEvent, { readObject, readFact }: Readers): LogEvent | 'end' | undefined {
  const head = headOf(raw, readObject);
  if (head === undefined || head === 'end') return head;
  const { line, text, piece, form } = raw;
  const message = piece === undefined ? head.message : text;
  return {
    timestamp: head.timestamp,
    host: head.host,
    process: head.process,
    pid: head.pid,
    thread: head.thread,
    sender: head.sender,
    subsystem: head.subsystem,
    category: head.category,
    type: head.type,
    repeated: head.repeated,
    message,
    line,
    text,
    part: piece?.part,
    facts: factsIn(head.process, message, form === 'json' ? () => line : at => line + at, readFact),
    report: backtraceReport(message),
  };
}

function headOf(
  { form, text, object, piece }: RawLogEvent,
  readObject: typeof readLogObject,
): LogHead | 'end' | undefined {
  // A row may be set in.
  const own = (piece?.head ?? text).trimStart();
  switch (form) {
    case 'json':
      return readObject(object ?? own);
    case 'bare':
      return readBareLine(piece?.head ?? text);
    case 'system':
      return readSystemRow(own);
    default:
      return readLogRow(own);
  }
}

/** What a row says that has something before its message; undefined where it has none of the forms. */
export function readLogRow(text: string): LogHead | undefined {
  return readDefaultRow(text) ?? readCompactRow(text) ?? readSyslogRow(text) ?? readSystemRow(text);
}

/** True for the kernel, whichever of its builds runs: `kernel`, `kernel.development`. */
export function isKernel(process: string | undefined): boolean {
  return process === undefined || /^kernel(\.\w+)?$/.test(process);
}

/** Other processes say in the kernel's words what the kernel said only where they mark it as the kernel's. */
function factsIn(
  process: string | undefined,
  message: string,
  lineOf: (at: number) => number,
  readFact: Readers['readFact'],
): readonly KernelLine[] {
  const own = isKernel(process);
  const facts: KernelLine[] = [];
  const read = (text: string, at: number) => {
    const fact = own || isRelayed(text) ? readFact(text) : undefined;
    if (fact !== undefined) facts.push({ ...fact, line: lineOf(at) });
  };
  // Nearly every message is one line.
  if (message.includes('\n')) message.split('\n').forEach(read);
  else read(message, 0);
  return facts;
}

/** The lines of an event that are not blank, for where none of the forms fits it. */
export function linesOfEvent({ line, text, lines, object }: RawLogEvent): readonly LineNotUnderstood[] {
  // Of several objects on a line the first has the line; what the others say is a remark.
  if (lines === 0 && object !== undefined) return [{ line: 0, text: object }];
  return text
    .split('\n')
    .map((each, at) => ({ line: line + at, text: each }))
    .filter(each => each.text.trim() !== '');
}
