import { lastAnswer } from '../text/lastAnswer.ts';
import { backtraceLine } from './backtraceReport.ts';
import type { RawLogEvent } from './logEvent.ts';
import type { LogReaderOptions, LogSink } from './logReader.ts';

/** The event of lines that goes on until another line begins one. It is given to the sink once it has ended. */
export interface GrowingEvent {
  /** Ends what grew. The event begins with what stands in `text` between `from` and `to`. */
  readonly begin: (form: RawLogEvent['form'], text: string, from: number, to: number, line: number) => void;
  /** Adds a line, or the rest of one that was too long to be held. */
  readonly goOn: (text: string, line: number, isRest: boolean) => void;
  /** A blank line is part of the event only where it goes on behind it. */
  readonly blankLine: () => void;
  readonly end: () => void;
  /** undefined where no event grows. */
  readonly form: () => RawLogEvent['form'] | undefined;
  /** True where the line goes on with the event. */
  readonly takes: (text: string) => boolean;
  readonly held: () => number;
}

// A dot, a brace, a number of a few digits.
const longestMark = 3;

// Nearly every event is one line, so that it is cut out of its text only where it is wanted.
export function growingEvent(sink: LogSink, { longest, wants }: Required<LogReaderOptions>): GrowingEvent {
  let form: RawLogEvent['form'] | undefined;
  let [source, from, to, line, lines, blank] = ['', 0, 0, 0, 0, 0];
  let further: string | undefined;
  let piece: RawLogEvent['piece'];
  let inReport = false;
  const beginsBacktrace = lastAnswer(text => backtraceLine(text, false));
  const text = () => further ?? source.slice(from, to);
  const end = () => {
    if (form === undefined) return;
    const isWanted = further !== undefined || piece !== undefined || wants(form, source, from, to);
    if (isWanted) sink.event({ form, line, text: text(), lines, ...(piece === undefined ? {} : { piece }) });
    form = undefined;
    source = '';
    further = undefined;
    piece = undefined;
  };
  const begin: GrowingEvent['begin'] = (itsForm, itsText, itsFrom, itsTo, itsLine) => {
    if (form !== undefined) end();
    form = itsForm;
    source = itsText;
    from = itsFrom;
    to = itsTo;
    line = itsLine;
    lines = 1;
    blank = 0;
    inReport = false;
  };
  const goOn: GrowingEvent['goOn'] = (added, at, isRest) => {
    if (form === undefined) return;
    const before = text();
    if (before.length + added.length <= longest) {
      further = `${before}${isRest ? '' : '\n'.repeat(blank + 1)}${added}`;
      lines += isRest ? 0 : 1;
    } else {
      const [same, head, part] = [form, piece?.head ?? before.split('\n', 1)[0] ?? '', (piece?.part ?? 1) + 1];
      begin(same, added, 0, added.length, at);
      piece = { head, part };
      lines = isRest ? 0 : 1;
    }
    blank = 0;
    inReport ||= beginsBacktrace(added);
  };
  /** A line that is too short to say anything stands in one event with those that are the same: a driver draws with them. */
  const isSame = (next: string) =>
    next.length <= longestMark && form === 'bare' && !inReport && next === source.slice(from, to);
  return {
    begin,
    goOn,
    end,
    blankLine: () => {
      blank += 1;
    },
    form: () => form,
    takes: next => form !== undefined && (goesOn(form, next, inReport) || isSame(next)),
    held: () => (form === undefined ? 0 : (further?.length ?? to - from)),
  };
}

/** log(1) writes the further lines of a message as they are, syslogd after a tab, and the kernel each as its own message. */
function goesOn(form: RawLogEvent['form'], text: string, inReport: boolean): boolean {
  if (form === 'log') return true;
  return backtraceLine(text, inReport) || (form === 'system' && /^[\s)\]}]/.test(text));
}
