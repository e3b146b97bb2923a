import type { Line } from '../text/lines.ts';
import { markedLength, snippetLength } from '../text/sourceSnippet.ts';

/** Where a note points, and what it says. */
export interface CompilerNote {
  readonly file: string;
  readonly line: number;
  readonly column: number | undefined;
  /** One past the last character, where the compiler shows what it means. */
  readonly endColumn?: number;
  readonly text: string;
}

/** What a compiler says about one place in the source, with its notes. */
export interface CompilerMessage {
  readonly kind: 'compiler';
  /** As the compiler was given it: absolute, or relative to the folder it ran in. */
  readonly file: string;
  /** Lines and columns count from 1. Old GCCs print no column. */
  readonly line: number;
  readonly column: number | undefined;
  /** One past the last character, where the compiler shows what it means. */
  readonly endColumn?: number;
  readonly severity: 'error' | 'warning' | 'fatal error';
  readonly text: string;
  /** The option that governs it, `-Wunused-variable`. */
  readonly flag: string | undefined;
  readonly notes: readonly CompilerNote[];
}

/** A message with its notes, the lines that came with it, and how many lines all of that takes. */
export interface CompilerMessageTaken {
  readonly message: CompilerMessage;
  /** Source lines, carets and the chain of includes. */
  readonly notices: readonly string[];
  readonly taken: number;
}

interface Head extends CompilerNote {
  readonly severity: CompilerMessage['severity'] | 'note';
  readonly flag: string | undefined;
  readonly taken: number;
}

const start = /^(\S.*?):(\d+):(?:(\d+):)?(?:\{[^}]*\}:)* (fatal error|error|warning|note|remark):\s*(.*)$/;
const context: readonly RegExp[] = [
  /^In file included from .+:\d+(:\d+)?[,:]$/,
  /^\s+from .+:\d+(:\d+)?[,:]$/,
  /^.+: In ((static|virtual) )*(member )?(function|constructor|destructor|copy constructor|instantiation of) .+:$/,
  /^.+: At (global scope|top level):$/,
  /^.+:\d+(:\d+)?:\s+((recursively )?required|instantiated) from .+$/,
  /^While building module '[^']+' imported from .+:\d+:$/,
  // Between the notes of a macro that is made of many.
  /^note: \(skipping \d+ .+\)$/,
];

/** True for the lines that tell on the way to which file or function a message came: includes, functions. */
export function isCompilerContext(text: string): boolean {
  return context.some(pattern => pattern.test(text));
}

/** True for a line by which a compiler's message starts, or a note. */
export function startsCompilerMessage(text: string): boolean {
  return start.test(text);
}

/** The message at `lines[at]`; undefined where none starts, or a note that explains no message. */
export function takeCompilerMessage(lines: readonly Line[], at: number): CompilerMessageTaken | undefined {
  const head = takeHead(lines, at);
  if (!head || head.severity === 'note') return undefined;
  const notices: string[] = [];
  const notes: CompilerNote[] = [];
  let next = at + head.taken;
  const pass = (count: number) => {
    const passed = lines.slice(next, next + count).map(({ text }) => text);
    notices.push(...passed);
    next += count;
    return passed;
  };
  const marked = end(head.column, pass(snippetLength(lines, next, startsMessage)));
  for (;;) {
    const before = contextLength(lines, next);
    const note = takeHead(lines, next + before);
    if (note?.severity !== 'note') break;
    pass(before);
    next += note.taken;
    const { file, line, column, text } = note;
    notes.push({ file, line, column, ...end(column, pass(snippetLength(lines, next, startsMessage))), text });
  }
  const { file, line, column, severity, text, flag } = head;
  const message = { kind: 'compiler' as const, file, line, column, ...marked, severity, text, flag, notes };
  return { message, notices, taken: next - at };
}

function end(column: number | undefined, snippet: readonly string[]): { readonly endColumn?: number } {
  const length = column === undefined ? undefined : markedLength(snippet);
  return column === undefined || length === undefined ? {} : { endColumn: column + length };
}

function startsMessage(text: string): boolean {
  return startsCompilerMessage(text) || isCompilerContext(text) || /^\S*make(\[\d+\])?: /.test(text);
}

function contextLength(lines: readonly Line[], at: number): number {
  let length = 0;
  while (isCompilerContext(lines[at + length]?.text ?? '')) length += 1;
  return length;
}

/** Long texts wrap onto the indented line below. */
function takeHead(lines: readonly Line[], at: number): Head | undefined {
  const match = start.exec(lines[at]?.text ?? '');
  if (!match) return undefined;
  const [, file = '', line, column, severity, told = ''] = match;
  const below = lines[at + 1]?.text ?? '';
  const wrapped = told.trim() === '' && /^ {4,6}\S/.test(below);
  const whole = (wrapped ? below : told).trim();
  const flag = / \[(?:-Werror,)?(-[WR][\w+=#-]+)\]$/.exec(whole);
  return {
    file,
    line: Number(line),
    column: column === undefined ? undefined : Number(column),
    severity: severity === 'remark' ? 'note' : (severity as Head['severity']),
    text: flag ? whole.slice(0, flag.index) : whole,
    flag: flag?.[1],
    taken: wrapped ? 2 : 1,
  };
}
