import { mayBeKernelLine } from './kernelLines.ts';
import type { RawLogEvent } from './logEvent.ts';

/**
 * A test that is true for an event that may hold a line of the kernel about kexts or a message of a kext tool, and false
 * where it surely holds none. It looks at a few characters: of a million events a handful is worth reading.
 */
export function kextEventFilter(): (event: RawLogEvent) => boolean {
  const ofObject = objectFilter();
  return event => {
    // Further lines and further pieces may each be such a line.
    if (event.lines !== 1 || event.piece !== undefined) return true;
    const { form, text } = event;
    if (form === 'log') return text.charCodeAt(23) === blank ? ofCompactRow(text) : ofRow(text);
    if (form === 'json') return ofObject(event.object ?? text);
    return form === 'system' ? /k(ernel|ext|mutil)/.test(text) : mayBeMessage(text, 0, text.length);
  };
}

/** The default style and the syslog style: what stands before the first colon behind the time is the process. */
function ofRow(text: string): boolean {
  const colon = text.indexOf(':', 33);
  if (colon < 0) return true;
  if (text.startsWith('kernel', colon - 6) || text.startsWith('kernel[0]', colon - 9)) return ofKernel(text, colon + 2);
  return isOfKextTool(text, text.lastIndexOf(' ', colon) + 1);
}

/** `2026-05-15 11:08:24.741 Df kernel[0:85533] (Pump) …` */
function ofCompactRow(text: string): boolean {
  const bracket = text.indexOf(']', 27);
  if (bracket < 0) return true;
  return text.startsWith('kernel[', 27) ? ofKernel(text, bracket + 2) : isOfKextTool(text, 27);
}

/** From where the sender stands, if there is one. */
function ofKernel(text: string, from: number): boolean {
  if (text.charCodeAt(from) !== openParenthesis) return mayBeMessage(text, from, text.length);
  const end = text.indexOf(')', from);
  return mayBeMessage(text, end < 0 ? from : end + 2, text.length);
}

function mayBeMessage(text: string, from: number, to: number): boolean {
  let at = from;
  let first = text.charCodeAt(at);
  while (first === blank || first === tab) first = text.charCodeAt(++at);
  // A subsystem, a function of the source or the kernel's own mark may stand before the message.
  if (first === openParenthesis || first === openBracket || first === openAngle) return true;
  return mayBeKernelLine(text, at, to);
}

/** Objects of one log have their keys in one order, so that a key mostly stands where it stood in the one before. */
function objectFilter(): (text: string) => boolean {
  const messageKey = keyFinder('"eventMessage"');
  const pathKey = keyFinder('"processImagePath"');
  return text => {
    const key = messageKey(text, 0);
    const from = text.indexOf('"', key) + 1;
    if (key < 0 || from === 0) return true;
    const to = endOfString(text, from);
    if (mayBeMessage(text, from, to) || hasFurtherLine(text, from, to)) return true;
    const path = pathKey(text, to);
    const end = text.indexOf('"', text.indexOf('"', path) + 1);
    return path < 0 || (!text.startsWith('kernel', end - 6) && isOfKextTool(text, text.lastIndexOf('/', end) + 1));
  };
}

/** Finds where the key ends, the nearest behind `from` first; -1 where the text does not have it. */
function keyFinder(key: string): (text: string, from: number) => number {
  let distance = 0;
  return (text, from) => {
    if (text.startsWith(key, from + distance)) return from + distance + key.length;
    const behind = text.indexOf(key, from);
    const found = behind < 0 ? text.indexOf(key) : behind;
    if (found < 0) return -1;
    distance = found - from;
    return found + key.length;
  };
}

/** Where the text of JSON ends; further on where a backslash is its last character. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end > 0 && text.charCodeAt(end - 1) === backslash) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

/** True where JSON writes a line ending, or a blank before a message in another way than as itself. */
function hasFurtherLine(text: string, from: number, to: number): boolean {
  for (let at = text.indexOf('\\', from); at >= 0 && at < to; at = text.indexOf('\\', at + 2)) {
    if (at === from || text.charCodeAt(at + 1) === letterN) return true;
  }
  return false;
}

/** kextd, kextload, kextunload, kextutil, kmutil, kernelmanagerd, com.apple.kextd. */
function isOfKextTool(text: string, at: number): boolean {
  return text.startsWith('ke', at) || text.startsWith('km', at) || text.startsWith('com.apple.kext', at);
}

const tab = 0x09;
const blank = 0x20;
const openParenthesis = 0x28;
const openAngle = 0x3c;
const openBracket = 0x5b;
const backslash = 0x5c;
const letterN = 0x6e;
