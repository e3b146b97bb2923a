/** The reason of a panic while its lines come in: a quoted one may run over several. */
export interface PanicReason {
  readonly text: string;
  readonly lines: number;
  /** False where the closing quote is still to come. */
  readonly complete: boolean;
}

// The registers of a trap are at most so many lines.
const longest = 64;

/** The reason by its first line, which is what stands behind `panic(cpu 0 caller 0x…): `. */
export function startedReason(text: string): PanicReason {
  return { text, lines: 1, complete: !text.startsWith('"') || isClosed(text, 1) };
}

/** The reason where no more of its lines will come: without its closing quote only its first line is sure to be its own. */
export function completed(reason: PanicReason): PanicReason {
  return reason.complete ? reason : { text: reason.text.split('\n')[0] ?? '', lines: 1, complete: true };
}

/** The reason with one more line. */
export function continuedReason(reason: PanicReason, line: string): PanicReason {
  if (reason.lines >= longest) return completed(reason);
  return { text: `${reason.text}\n${line}`, lines: reason.lines + 1, complete: isClosed(line, 0) };
}

/** OpenCore writes `com.apple.` for the `@` before the place in the source. */
const placed = /^"? *(?:@|com\.apple\.)(.*)$/;

function isClosed(line: string, from: number): boolean {
  const quote = line.lastIndexOf('"');
  return quote >= from && (quote === line.trimEnd().length - 1 || placed.test(line.slice(quote)));
}

/** The source file and line behind the reason's closing quote, `trap.c:168`; undefined where none stands there. */
export function placeOf(reason: string): string | undefined {
  const quote = reason.lastIndexOf('"');
  // Without quotes the place stands at the end, behind ` @`.
  const behind = quote < 0 ? reason.slice(Math.max(0, reason.lastIndexOf(' @'))) : reason.slice(quote);
  const path = placed.exec(behind.trim())?.[1]?.trim();
  const file = path?.split('/').at(-1);
  return file !== undefined && /^[\w.+-]{1,100}:\d+$/.test(file) ? file : undefined;
}
