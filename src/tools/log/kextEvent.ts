import { mayBeKernelLine } from '../messages/kernelLines.ts';
import { finder, nowhere } from '../text/finder.ts';
import type { WantsEvent } from './logReader.ts';

/**
 * Wants the events of one line that may hold a line of the kernel about kexts or a message of a kext tool, and not those that
 * surely hold none. It looks at a few characters: of a million events a handful is worth reading.
 */
export function kextEventFilter(): WantsEvent {
  const ofRow = rowFilter();
  const ofObject = objectFilter();
  return (form, text, from, to) => {
    if (form === 'log') return ofRow(text, from, to);
    if (form === 'json') return ofObject(text, from, to);
    return form === 'system' ? /k(ernel|ext|mutil)/.test(text.slice(from, to)) : mayBeMessage(text, from, to);
  };
}

type Filter = (text: string, from: number, to: number) => boolean;

/** The default style and the syslog style: what stands before the first colon behind the time is the process. */
function rowFilter(): Filter {
  const colon = finder(':');
  const [parenthesis, angle, bracket] = [finder(')'), finder('>'), finder(']')];
  // Sender, function and subsystem may stand before the message, each of which may be missing (logSender.ts).
  const ofKernel: Filter = (text, from, to) => {
    const first = text.charCodeAt(from);
    if (first !== openParenthesis && first !== openAngle && first !== openBracket) return mayBeMessage(text, from, to);
    const closing = first === openParenthesis ? parenthesis : first === openAngle ? angle : bracket;
    const end = closing(text, from);
    return end >= to || text.startsWith('(kernel)', from) || ofKernel(text, end + 2, to);
  };
  // `2026-05-15 11:08:24.741 Df kernel[0:85533] (Pump) …`
  const ofCompact: Filter = (text, from, to) => {
    const process = from + 27;
    const end = bracket(text, process);
    if (end >= to) return true;
    return text.startsWith('kernel[', process) ? ofKernel(text, end + 2, to) : isOfKextTool(text, process);
  };
  // The columns of one log are of one width, so that the process mostly stands where it stood in the row before.
  let column = 0;
  return (text, from, to) => {
    // A row that is set in: rare, and its columns stand elsewhere.
    if (text.charCodeAt(from) <= blank) return true;
    if (isKernelAt(text, from + column)) return ofKernel(text, from + column + 8, to);
    if (text.charCodeAt(from + 23) === blank) return ofCompact(text, from, to);
    const end = colon(text, from + 33);
    if (end >= to) return true;
    const process = wordBefore(text, end);
    if (text.startsWith('kernel: ', process)) column = process - from;
    return text.startsWith('kernel', process) ? ofKernel(text, end + 2, to) : isOfKextTool(text, process);
  };
}

function mayBeMessage(text: string, from: number, to: number): boolean {
  let at = from;
  let first = text.charCodeAt(at);
  while (at < to && (first === blank || first === tab)) first = text.charCodeAt(++at);
  return (first === openParenthesis && text.startsWith('(kernel)', at)) || mayBeKernelLine(text, at, to);
}

/** An object on a line. */
function objectFilter(): Filter {
  const messageOf = valueFinder('eventMessage');
  const pathOf = valueFinder('processImagePath');
  const quote = finder('"');
  const backslashes = finder('\\');
  /** Where the text of JSON ends; further on where a backslash is its last character. */
  const endOfString = (text: string, from: number) => {
    let end = quote(text, from);
    while (text.charCodeAt(end - 1) === backslash) end = quote(text, end + 1);
    return end;
  };
  /** True where JSON writes a line ending or a tab: another line may begin or end there. */
  const hasFurtherLine: Filter = (text, from, to) => {
    for (let at = backslashes(text, from); at < to; at = backslashes(text, at + 2)) {
      const escaped = text.charCodeAt(at + 1);
      if (escaped === letterN || escaped === letterT) return true;
    }
    return false;
  };
  return (text, from, to) => {
    const message = messageOf(text, from);
    if (message >= to) return true;
    const end = endOfString(text, message);
    if (end >= to || mayBeMessage(text, message, end) || hasFurtherLine(text, message, end)) return true;
    const path = pathOf(text, end);
    if (text.startsWith('\\/kernel"', path)) return false;
    return path >= to || isOfKextTool(text, wordBefore(text, endOfString(text, path)));
  };
}

/**
 * Finds the beginning of the text that is the key's value, the next one from `from` on; `nowhere` where there is none.
 * Objects of one log have their keys in one order, so that a key mostly stands as far on as it stood in the one before.
 */
function valueFinder(key: string): (text: string, from: number) => number {
  const compact = `"${key}":"`;
  const next = finder(`"${key}"`);
  let distance = 0;
  return (text, from) => {
    if (text.startsWith(compact, from + distance)) return from + distance + compact.length;
    const found = next(text, from);
    if (found === nowhere) return nowhere;
    distance = found - from;
    const begins = text.indexOf('"', found + key.length + 2);
    return begins < 0 ? nowhere : begins + 1;
  };
}

/** Where the word begins that ends at `end`: after a blank, or after a slash of a path. */
function wordBefore(text: string, end: number): number {
  let at = end;
  let before = text.charCodeAt(at - 1);
  while (before !== blank && before !== slash && at > 0) before = text.charCodeAt(--at - 1);
  return at;
}

/** `kernel: `, told by three of its characters, which cost less than the word: no kext tool has such a name of six letters. */
function isKernelAt(text: string, at: number): boolean {
  return (
    text.charCodeAt(at) === letterK && text.charCodeAt(at + 1) === letterE && text.charCodeAt(at + 6) === colonSign
  );
}

/** kextd, kextload, kextunload, kextutil, kmutil, kernelmanagerd, com.apple.kextd. */
function isOfKextTool(text: string, at: number): boolean {
  return text.startsWith('ke', at) || text.startsWith('km', at) || text.startsWith('com.apple.kext', at);
}

const tab = 0x09;
const blank = 0x20;
const openParenthesis = 0x28;
const openAngle = 0x3c;
const colonSign = 0x3a;
const openBracket = 0x5b;
const slash = 0x2f;
const backslash = 0x5c;
const letterE = 0x65;
const letterK = 0x6b;
const letterN = 0x6e;
const letterT = 0x74;
