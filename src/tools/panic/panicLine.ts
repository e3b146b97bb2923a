import { lastAnswer } from '../text/lastAnswer.ts';
import type { Line } from '../text/lines.ts';

/** A line of a panic log, with and without what copies did to it. */
export interface PanicLine extends Line {
  /** Without indentation, HTML's and Markdown's marks. */
  readonly bare: string;
  /** True for what stood in the string of a damaged .ips file: nothing in there belongs to anything else. */
  readonly certain: boolean;
}

/**
 * Reads lines as people's copies may have them: `-&gt;` for `->`, `> ` before a quoted line, `**` around an important one. A
 * line of a damaged .ips file holds several.
 */
export function panicLineReader(): (source: Line) => readonly PanicLine[] {
  const read = lastAnswer(text => (mayUnfold(text) ? undefined : bareText(text)));
  return source => {
    const { line, text } = source;
    const bare = read(text);
    return bare === undefined ? unfolded(source) : [{ line, text, bare, certain: false }];
  };
}

/** The line of a damaged .ips file's string. */
export function certainLine({ line, text }: Line): PanicLine {
  return { line, text, bare: bareText(text), certain: true };
}

function bareText(text: string): string {
  const unquoted = text.trim().replace(/^> +/, '');
  const plain = /^\*\*([^*]+)\*\*$/.exec(unquoted)?.[1] ?? unquoted;
  if (!plain.includes('&')) return plain.trim();
  return plain
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
}

const stringStart = /"(?:macOSP|p)anicString"\s*:\s*"/;
const pastedEscapes =
  /\\n(?:\\t|[ ])*(?:Debugger|Memory ID|Backtrace|Panicked |OS version|Mac OS|Kernel |last |loaded kexts)/;

function mayUnfold(text: string): boolean {
  return stringStart.test(text) || pastedEscapes.test(text);
}

/**
 * The lines that one line of a damaged .ips file holds: a panic in a JSON string with `\n` and `\t`, alone or behind its
 * key. All have the number of that line.
 */
function unfolded(source: Line): readonly PanicLine[] {
  const key = stringStart.exec(source.text);
  const from = key ? key.index + key[0].length : 0;
  const to = key ? stringEnd(source.text, from) : source.text.length;
  const before = source.text.slice(0, from);
  const after = source.text.slice(to);
  const lines = unescaped(source.text.slice(from, to)).split('\n');
  return [before, ...lines, after]
    .filter(text => text.trim() !== '')
    .map(text => certainLine({ line: source.line, text }));
}

function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at += 1;
  }
  return text.length;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '', '/': '/', '"': '"', '\\': '\\' };

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (whole, letter: string) => escapes[letter] ?? whole);
}
