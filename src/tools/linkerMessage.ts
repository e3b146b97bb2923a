import type { Line } from './lines.ts';

/** What a linker, or the compiler's driver, says about no place in the source. */
export interface LinkerMessage {
  readonly kind: 'linker' | 'driver';
  /** As it names itself: `ld64.lld-14`, `clang`; undefined where it does not. */
  readonly tool: string | undefined;
  readonly severity: 'error' | 'warning';
  readonly text: string;
  /** The lines that belong to it, without their indentation and `>>>`. */
  readonly details: readonly string[];
}

const named =
  /^(?:\S*\/)?((?:[\w.+-]*[.-])?(?:ld|lld|clang|clang\+\+|gcc|g\+\+|cc|c\+\+|cc1plus|collect2|dsymutil|lipo|libtool)(?:-\d+)?)(?:\[\d+\])?: (?:(fatal error|error|warning): )?(.+)$/;
const nameless = /^(fatal error|error|warning): (.+)$/;
const appleUndefined = /^(Undefined symbols(?: for architecture \S+)?|duplicate symbol .+ in|Undefined symbols):$/;

/** The message at `lines[at]` and how many lines it takes; undefined where none starts. */
export function takeLinkerMessage(
  lines: readonly Line[],
  at: number,
): { readonly message: LinkerMessage; readonly taken: number } | undefined {
  const text = lines[at]?.text ?? '';
  const apple = appleUndefined.exec(text);
  if (apple)
    return withDetails(lines, at, { kind: 'linker', tool: 'ld', severity: 'error', text: apple[1] ?? '' }, /^\s+/);
  const match = named.exec(text);
  if (match) {
    const [, tool = '', severity, told = ''] = match;
    const kind = isLinker(tool) ? 'linker' : 'driver';
    // Since Xcode 15 the names that Apple's linker misses stand below `ld: Undefined symbols:`.
    const detail = told.endsWith(':') ? /^(>>> |\s+)/ : /^>>> /;
    return withDetails(lines, at, { kind, tool, severity: severityOf(severity), text: told }, detail);
  }
  const bare = nameless.exec(text);
  if (!bare) return undefined;
  const message = { kind: 'driver', tool: undefined, severity: severityOf(bare[1]), text: bare[2] ?? '' } as const;
  return withDetails(lines, at, message, /^>>> /);
}

function withDetails(
  lines: readonly Line[],
  at: number,
  message: Omit<LinkerMessage, 'details'>,
  detail: RegExp,
): { message: LinkerMessage; taken: number } {
  const details: string[] = [];
  for (let next = at + 1; detail.test(lines[next]?.text ?? ''); next += 1)
    details.push((lines[next]?.text ?? '').replace(detail, '').trim());
  return { message: { ...message, details }, taken: 1 + details.length };
}

function isLinker(tool: string): boolean {
  return /(^|[.-])l?ld(-\d+)?$|^ld64|^collect2/.test(tool);
}

function severityOf(word: string | undefined): 'error' | 'warning' {
  return word === 'warning' ? 'warning' : 'error';
}
