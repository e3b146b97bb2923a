/**
 * Errors of kmutil(8), which answers for the classic tools since macOS 11. Accepted:
 *   Error Domain=KMErrorDomain Code=71 "Could not find: …" UserInfo={NSLocalizedDescription=Could not find: …}
 *   (the description may run over several lines; a leading `Error: ` and a missing UserInfo occur)
 *   kmutil encountered error (71): Could not find: …
 *   Kernel request failed: (libkern/kext) not found (-603947002)
 *   Filesystem error: … / Validating extension failed: … / Authenticating extension failed: … / Could not find: … /
 *   Loading extension failed: … / Insufficient permissions for action: …, with indented lines that belong to them
 */
import type { Line } from './lines.ts';

export interface KmutilError extends Line {
  readonly kind: 'kmutilError';
  readonly by: 'tool';
  /** `KMErrorDomain`; undefined for the forms without one. */
  readonly domain: string | undefined;
  /** kmutil's own number. The same number stands for unrelated causes: judge by the description. */
  readonly number: number | undefined;
  readonly description: string;
  /** The kernel's return code in the description, unsigned 32 bits. */
  readonly code: number | undefined;
}

const ofLoad =
  /^(?:(?:Validating|Authenticating|Loading) extension|Loading extension\(s\)|Extension with identifiers|Error occurred while building a collection|Incompatible architecture|Unable to resolve dependencies|Filesystem error|Insufficient permissions for action: Unable to load)/;

/** True for what only a load can end in: an unload reads no bundle and builds no collection. */
export function isAboutLoad({ description }: Pick<KmutilError, 'description'>): boolean {
  return ofLoad.test(description);
}

/** The error that starts at `lines[at]`, and how many lines it takes; undefined where none starts. */
export function takeKmutilError(
  lines: readonly Line[],
  at: number,
): { readonly error: KmutilError; readonly taken: number } | undefined {
  const first = lines[at];
  if (!first) return undefined;
  return takeDomainError(lines, at, first) ?? takePlainError(lines, at, first);
}

// The longest lists name every kext of a collection.
const longest = 500;
const domainStart = /^\s*(?:Error: )?Error Domain=(\S+) Code=(-?\d+) "/;

function takeDomainError(lines: readonly Line[], at: number, first: Line) {
  const start = domainStart.exec(first.text);
  if (!start) return undefined;
  const own = lines.slice(at, at + domainErrorLength(lines, at, start[0].length));
  const text = own
    .map(line => line.text)
    .join('\n')
    .slice(start[0].length);
  const description = text.replace(/" UserInfo=\{[\s\S]*$/, '').replace(/"\s*$/, '');
  return { error: errorOf(own, description, start[1], Number(start[2])), taken: own.length };
}

/** How many lines the error takes. Without an end in sight, only the first is sure to be its own. */
function domainErrorLength(lines: readonly Line[], at: number, startLength: number): number {
  let inUserInfo = false;
  for (let length = 1; length <= longest; length += 1) {
    const whole = lines[at + length - 1]?.text;
    if (whole === undefined || (length > 1 && domainStart.test(whole))) return 1;
    const text = (length === 1 ? whole.slice(startLength) : whole).trimEnd();
    inUserInfo ||= text.includes('" UserInfo={');
    if (text.endsWith(inUserInfo ? '}' : '"')) return length;
  }
  return 1;
}

const plainStart =
  /^\s*(?:Error: )?(?:kmutil encountered error \((-?\d+)\): (?<told>.+)|(?<bare>(?:Kernel request failed|Filesystem error|Validating extension failed|Authenticating extension failed|Loading extension failed|Could not find|Insufficient permissions for action|Incompatible architecture|Unable to resolve dependencies|Unsupported Error|Missing Developer Kit|Error occurred while building a collection|Extension with identifiers|Loading extension\(s\)).*))$/;

function takePlainError(lines: readonly Line[], at: number, first: Line) {
  const start = plainStart.exec(first.text);
  if (!start) return undefined;
  let taken = 1;
  if (first.text.trimEnd().endsWith(':')) while (/^(\t| {2,})\S/.test(lines[at + taken]?.text ?? '')) taken += 1;
  const own = lines.slice(at, at + taken);
  const told = start.groups?.told ?? start.groups?.bare ?? '';
  const description = [told, ...own.slice(1).map(({ text }) => text)].join('\n');
  return { error: errorOf(own, description, undefined, start[1] === undefined ? undefined : Number(start[1])), taken };
}

// Up to the next of the same words: a text that repeats them is read once, not once from each.
const kernelRequest = /Kernel request failed: (?:(?!Kernel request failed: ).)*\((-\d+)\)/;

function errorOf(
  own: readonly Line[],
  description: string,
  domain: string | undefined,
  number: number | undefined,
): KmutilError {
  const kernel = kernelRequest.exec(description)?.[1];
  return {
    kind: 'kmutilError',
    by: 'tool',
    line: own[0]?.line ?? 0,
    text: own.map(({ text }) => text).join('\n'),
    domain,
    number,
    description,
    code: kernel === undefined ? undefined : Number(kernel) >>> 0,
  };
}
