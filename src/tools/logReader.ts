import { isBacktraceReport } from './backtraceReport.ts';
import { isForeignLine, isOfCutDocument } from './foreignLine.ts';
import { jsonLogLines } from './jsonLogLines.ts';
import { linePieces, type TextFeed } from './linePieces.ts';
import type { RawLogEvent } from './logEvent.ts';
import { isLogFrame } from './logFrame.ts';
import { isLogTime } from './logTime.ts';
import type { LineNotUnderstood } from './parsedText.ts';
import { readSystemRow } from './systemLogRow.ts';

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
}

interface Growing {
  readonly form: RawLogEvent['form'];
  readonly line: number;
  text: string;
  lines: number;
  /** Lines after it that count only when it goes on. */
  blank: number;
  readonly piece: RawLogEvent['piece'];
}

/**
 * Tells the events of a log of any size from one another, in each form that log(1), dmesg(8), syslog(1) and the Console
 * give them; the forms may be mixed. It holds no more than the event that is still growing, and of that no more than
 * `longest` characters: the rest is given out as further pieces, so that nothing is lost. An object of JSON that grows
 * longer is given out as lines not understood.
 */
export function logReader(sink: LogSink, options: LogReaderOptions): TextFeed {
  const { bareLines, longest = 1 << 20 } = options;
  let growing: Growing | undefined;
  const json = jsonLogLines(sink, longest);
  const flush = () => {
    if (growing === undefined) return;
    const { form, line, text, lines, piece } = growing;
    growing = undefined;
    sink.event(piece === undefined ? { form, line, text, lines } : { form, line, text, lines, piece });
  };
  const begin = (form: Growing['form'], text: string, line: number) => {
    flush();
    growing = { form, line, text, lines: 1, blank: 0, piece: undefined };
  };
  const goOn = (event: Growing, text: string, line: number, isRest: boolean) => {
    if (event.text.length + text.length <= longest) {
      event.text += isRest ? text : `${'\n'.repeat(event.blank + 1)}${text}`;
      event.lines += isRest ? 0 : 1;
      event.blank = 0;
      return;
    }
    flush();
    const [head = ''] = event.text.split('\n', 1);
    const piece = { head: event.piece?.head ?? head, part: (event.piece?.part ?? 1) + 1 };
    growing = { form: event.form, line, text, lines: isRest ? 0 : 1, blank: 0, piece };
  };
  const give = (to: 'notice' | 'notUnderstood', text: string, line: number) => {
    flush();
    if (to === 'notice') sink.notice(text);
    else sink.notUnderstood({ line, text });
  };
  const takeText = (text: string, line: number) => {
    if (isLogTime(text)) begin('log', text, line);
    else if (isSystemRow(text, bareLines)) begin('system', text, line);
    else if (isForeignLine(text)) give('notUnderstood', text, line);
    else if (isLogFrame(text)) give('notice', text, line);
    else if (growing !== undefined && goesOn(growing, text)) goOn(growing, text, line, false);
    else if (!bareLines || isOfCutDocument(text)) give('notUnderstood', text, line);
    else begin('bare', text, line);
  };
  const take = (text: string, line: number, isRest: boolean) => {
    if (!isRest && isLogTime(text) && !json.isOpen()) begin('log', text, line);
    else takeOther(text, line, isRest);
  };
  const takeOther = (text: string, line: number, isRest: boolean) => {
    if (json.takes(text, line, isRest, growing?.form === 'log', flush)) return;
    if (isRest && growing !== undefined) goOn(growing, text, line, true);
    else if (isRest) sink.notUnderstood({ line, text });
    else if (!isBlank(text)) takeText(text, line);
    else if (growing !== undefined) growing.blank += 1;
  };
  const lines = linePieces(longest, take);
  return {
    feed: lines.feed,
    end: () => {
      lines.end();
      flush();
      json.end();
    },
    held: () => lines.held() + (growing?.text.length ?? 0) + json.held(),
  };
}

/** Without a date only the kernel's own row is sure to be none of a driver's messages. */
function isSystemRow(text: string, bareLines: boolean): boolean {
  const row = readSystemRow(text);
  if (row === undefined) return false;
  return !bareLines || row.timestamp !== undefined || row.process === 'kernel' || row.repeated !== undefined;
}

/** log(1) writes the further lines of a message as they are, syslogd after a tab, and the kernel each as its own message. */
function goesOn({ form, text: before }: Growing, text: string): boolean {
  if (form === 'log') return true;
  return isBacktraceReport(before, text) || (form === 'system' && /^[\s)\]}]/.test(text));
}

/** Most lines begin with what can be read. */
function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && text.trim() === '';
}
