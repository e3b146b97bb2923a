import { isForeignLine, isOfCutDocument } from '../text/foreignLine.ts';
import { lastAnswer } from '../text/lastAnswer.ts';
import { linePieces, type TakeLine, type TextFeed } from '../text/linePieces.ts';
import type { LineNotUnderstood } from '../text/parsedText.ts';
import { growingEvent } from './growingEvent.ts';
import { isWholeObject, jsonLogLines } from './jsonLogLines.ts';
import type { RawLogEvent } from './logEvent.ts';
import { isLogFrame } from './logFrame.ts';
import { isLogTime } from './logTime.ts';
import { readLogRow } from './readLogEvent.ts';
import { readSystemRow } from './systemLogRow.ts';

/**
 * Whether an event is wanted that is one line, what stands in `text` between `from` and `to`. The events that are not are
 * counted by nobody: a reader that is after few of many saves to cut out the rest.
 */
export type WantsEvent = (form: RawLogEvent['form'], text: string, from: number, to: number) => boolean;

/** Where what was found goes, in the order of the text. */
export interface LogSink {
  readonly event: (event: RawLogEvent) => void;
  readonly notice: (text: string) => void;
  readonly notUnderstood: (line: LineNotUnderstood) => void;
}

export interface LogReaderOptions {
  /**
   * Lines with nothing before their message are the kernel's, as dmesg has them. Where they are not, a row without a date
   * may be any process's; here only the kernel's own, since a driver may write `pump[3]: ` before what it says.
   */
  readonly bareLines: boolean;
  /** An event of more characters is given out in pieces, and so is a line. */
  readonly longest?: number;
  /** Where it is not said, every event is wanted. */
  readonly wants?: WantsEvent;
}

/**
 * Tells the events of a log of any size from one another, in each form that log(1), dmesg(8), syslog(1) and the Console
 * give them; the forms may be mixed. It holds no more than the event that is still growing, and of that no more than
 * `longest` characters: the rest is given out as further pieces, so that nothing is lost. An object of JSON that grows
 * longer is given out as lines not understood.
 */
export function logReader(sink: LogSink, options: LogReaderOptions): TextFeed {
  const { bareLines, wants = () => true, longest = 1 << 20 } = options;
  const growing = growingEvent(sink, { bareLines, longest, wants });
  const json = jsonLogLines(sink, longest);
  const give = (to: 'notice' | 'notUnderstood', text: string, line: number) => {
    growing.end();
    if (to === 'notice') sink.notice(text);
    else sink.notUnderstood({ line, text });
  };
  const kindOf = lastAnswer(text => kindOfLine(text, bareLines));
  const isCut = lastAnswer(text => !bareLines || isOfCutDocument(text));
  const takeText = (text: string, line: number) => {
    const kind = kindOf(text);
    if (kind === 'log' || kind === 'system') growing.begin(kind, text, 0, text.length, line);
    else if (kind !== 'other') give(kind, text, line);
    else if (growing.takes(text)) growing.goOn(text, line, false);
    else if (isCut(text)) give('notUnderstood', text, line);
    else growing.begin('bare', text, 0, text.length, line);
  };
  const takeOther = (text: string, line: number, isRest: boolean) => {
    if (json.takes(text, line, isRest, growing.form() === 'log', growing.end)) return;
    if (isRest && growing.form() !== undefined) growing.goOn(text, line, true);
    else if (isRest) sink.notUnderstood({ line, text });
    else if (text.trim() !== '') takeText(text, line);
    else growing.blankLine();
  };
  const take: TakeLine = (text, from, to, line, isRest) => {
    if (isRest || json.isOpen()) takeOther(text.slice(from, to), line, isRest);
    else if (isLogTime(text, from, to)) growing.begin('log', text, from, to, line);
    else if (isWholeObject(text, from, to)) {
      growing.end();
      if (wants('json', text, from, to)) sink.event({ form: 'json', line, text: text.slice(from, to), lines: 1 });
    } else takeOther(text.slice(from, to), line, isRest);
  };
  const lines = linePieces(longest, take);
  return {
    feed: lines.feed,
    end: () => {
      lines.end();
      growing.end();
      json.end();
    },
    held: () => lines.held() + growing.held() + json.held(),
  };
}

/** What the line is by itself, blank ones aside: the beginning of an event, none of a log's, or something in between. */
function kindOfLine(text: string, bareLines: boolean): 'log' | 'system' | 'notUnderstood' | 'notice' | 'other' {
  const row = rowSetIn(text);
  if (isLogTime(row)) return 'log';
  if (isSystemRow(row, bareLines)) return 'system';
  if (isForeignLine(text)) return 'notUnderstood';
  return isLogFrame(text) ? 'notice' : 'other';
}

/**
 * The row in a line that is set in, as where a log was pasted into Markdown; any other line as it is. A message of several
 * lines may have a date or a process in it, so that all of the row must be there.
 */
function rowSetIn(text: string): string {
  const first = text.charCodeAt(0);
  if (first !== blank && first !== tab) return text;
  const own = text.trimStart();
  const row = readLogRow(own);
  return row !== undefined && (row.timestamp !== undefined || row.process === 'kernel') ? own : text;
}

const tab = 0x09;
const blank = 0x20;

/** Without a date only the kernel's own row is sure to be none of a driver's messages. */
function isSystemRow(text: string, bareLines: boolean): boolean {
  const row = readSystemRow(text);
  if (row === undefined) return false;
  return !bareLines || row.timestamp !== undefined || row.process === 'kernel' || row.repeated !== undefined;
}
