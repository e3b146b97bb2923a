import { lastAnswer } from '../text/lastAnswer.ts';
import type { Line } from '../text/lines.ts';

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
  const first = readFirst(lines[at]?.text ?? '');
  if (!first) return undefined;
  const { message, detail } = first;
  const details: string[] = [];
  for (let next = at + 1; detail.test(lines[next]?.text ?? ''); next += 1)
    details.push((lines[next]?.text ?? '').replace(detail, '').trim());
  return { message: details.length === 0 ? message : { ...message, details }, taken: 1 + details.length };
}

/** What the line says by itself, and what the lines below it begin with that belong to it. */
const readFirst = lastAnswer((text): { readonly message: LinkerMessage; readonly detail: RegExp } | undefined => {
  const apple = appleUndefined.exec(text);
  if (apple) return { message: messageOf('linker', 'ld', 'error', apple[1] ?? ''), detail: /^\s+/ };
  const match = named.exec(text);
  if (match) {
    const [, tool = '', severity, told = ''] = match;
    const message = messageOf(isLinker(tool) ? 'linker' : 'driver', tool, severity, told);
    // Since Xcode 15 the names that Apple's linker misses stand below `ld: Undefined symbols:`.
    return { message, detail: told.endsWith(':') ? /^(>>> |\s+)/ : /^>>> / };
  }
  const bare = nameless.exec(text);
  return bare ? { message: messageOf('driver', undefined, bare[1], bare[2] ?? ''), detail: /^>>> / } : undefined;
});

function messageOf(
  kind: LinkerMessage['kind'],
  tool: string | undefined,
  severity: string | undefined,
  text: string,
): LinkerMessage {
  return { kind, tool, severity: severity === 'warning' ? 'warning' : 'error', text, details: [] };
}

function isLinker(tool: string): boolean {
  return /(^|[.-])l?ld(-\d+)?$|^ld64|^collect2/.test(tool);
}
