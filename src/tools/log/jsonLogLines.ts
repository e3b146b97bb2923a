import { jsonObjects } from '../text/jsonObjects.ts';
import { lastAnswer } from '../text/lastAnswer.ts';
import type { LogSink } from './logReader.ts';
import { isLogTime } from './logTime.ts';

/** The part of a log that is JSON: one object a line, or an array whose objects run over lines or stand on one. */
export interface JsonLogLines {
  /**
   * Takes the line where it is JSON, `before` which it calls; false where it is not. `isRest`: the rest of the line before.
   * `inMessage`: a message of several lines may go on, in which a brace alone says nothing.
   */
  readonly takes: (text: string, line: number, isRest: boolean, inMessage: boolean, before: () => void) => boolean;
  readonly isOpen: () => boolean;
  readonly end: () => void;
  readonly held: () => number;
}

/** Lines of an object of more than `longest` characters are not understood, and so are those of one that breaks off. */
export function jsonLogLines(sink: LogSink, longest: number): JsonLogLines {
  const objects = jsonObjects();
  // The line that is JSON so far, of which the rest may come.
  let inLine = 0;
  // The lines of the object that has begun, except one that an object before it has.
  let own: { line: number; text: string; lines: number } | undefined;
  const beginsObject = lastAnswer(text => mayBegin(text, false));
  const beginsInMessage = lastAnswer(text => mayBegin(text, true));
  const giveUp = () => {
    const { line: first, text: lines } = own ?? { line: 0, text: '' };
    for (const [at, text] of lines.split('\n').entries())
      if (text.trim() !== '') sink.notUnderstood({ line: first + at, text });
    own = undefined;
    inLine = 0;
    objects.reset();
  };
  const add = (text: string, line: number, isRest: boolean) => {
    inLine = line;
    if (own === undefined) own = { line, text, lines: isRest || text.trim() === '' ? 0 : 1 };
    else if (isRest) own.text += text;
    else own = { line: own.line, text: `${own.text}\n${text}`, lines: own.lines + (text.trim() === '' ? 0 : 1) };
  };
  const takeObjects = (text: string, line: number, isRest: boolean) => {
    const { found, stray } = objects.take(text);
    add(text, line, isRest);
    if (stray) return giveUp();
    for (const object of found) {
      const { line: begins, text: lines, lines: count } = own ?? { line, text: '', lines: 0 };
      sink.event({ form: 'json', line: begins, text: lines, lines: count, object });
      own = undefined;
    }
    if (!objects.isOpen()) {
      if (own !== undefined && own.lines > 0) sink.notice(own.text);
      own = undefined;
    } else if (objects.held() > longest) giveUp();
  };
  const breaksOff = (text: string) => objects.inString() || isLogTime(text) || !innerLine.test(text);
  const goesOn = (text: string, line: number, isRest: boolean) => {
    if (isRest) return inLine === line;
    if (objects.isOpen() && breaksOff(text)) giveUp();
    return objects.isOpen();
  };
  const begins = (text: string, line: number) => {
    if (!isBetweenObjects(text)) return takeObjects(text, line, false);
    sink.notUnderstood({ line, text });
    objects.take('{');
  };
  return {
    takes: (text, line, isRest, inMessage, before) => {
      if (goesOn(text, line, isRest)) {
        if (own !== undefined || text.trim() !== '') takeObjects(text, line, isRest);
        return true;
      }
      if (isRest || !(inMessage ? beginsInMessage(text) : beginsObject(text))) return false;
      before();
      begins(text, line);
      return true;
    },
    isOpen: objects.isOpen,
    end: giveUp,
    held: () => objects.held() + (own?.text.length ?? 0),
  };
}

/** How a line inside an object begins. */
const innerLine = /^\s*(["{}[\],\d-]|true\b|false\b|null\b|$)/;

function mayBegin(text: string, inMessage: boolean): boolean {
  const first = text.charCodeAt(0);
  // Of the lines of dmesg nearly all begin with a letter.
  if ((first >= 0x41 && first <= 0x5a) || (first >= 0x61 && first <= 0x7a)) return false;
  if (inMessage) return /^\[?\{\s*"|^\[\{$/.test(text);
  return /^[\s,[\]]*\{\s*("|\}|\{?\s*$)/.test(text) || /^[\s,[\]]*[[\]][\s,[\]]*$/.test(text) || isBetweenObjects(text);
}

/** True where the line is one object: `{"…}`. */
export function isWholeObject(text: string, from: number, to: number): boolean {
  return text.charCodeAt(from) === 0x7b && text.charCodeAt(from + 1) === 0x22 && text.charCodeAt(to - 1) === 0x7d;
}

/** Where one object ends and another begins. Alone it says that the beginning of the first was lost. */
function isBetweenObjects(text: string): boolean {
  return /^\s*\},\s*\{\s*$/.test(text);
}
