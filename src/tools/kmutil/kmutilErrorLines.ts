import { kextFindingIn } from '../messages/kextFindingTexts.ts';
import type { Line } from '../text/lines.ts';

/** How an error in Foundation's form begins: its domain and its number. People leave the first words out. */
export const domainStart = /^\s*(?:Error: )?(?:(?:Error )?Domain=(?=\S)|(?=KMErrorDomain ))(\S+) Code=(-?\d+) "/;

/** Where what stands for a program begins. A mail may have broken the line before the brace. */
export const userInfoStart = /" UserInfo=\s*\{/;

/** How it begins that a collection was not built, as the source of a regular expression. */
export const buildFailure = String.raw`(?:Error occurred while building (?:a collection|cache)|failed to build \S+ collection)`;

/** What stands before the service's own words. */
const service = 'Error contacting KernelManagement service: ';

/** How an error begins that is its description alone: its number and the text behind it, or the bare text. */
export const plainStart = new RegExp(
  String.raw`^\s*(?:Error: )?(?:kmutil encountered error \((-?\d+)\): (.+)|(?:${service})?((?:Kernel request failed|Filesystem error|Validating extension failed|Authenticating extension failed|Loading extension failed|Could not find|Insufficient permissions for action|Incompatible architecture|Cannot find \S+ in fat binary|Unable to resolve dependencies|Unsupported Error|Missing Developer Kit|${buildFailure}|Boot policy error|Error occurred unloading extensions|Extension with identifiers|Loading extension\(s\)).*)|${service}(.+))$`,
);

// The longest lists name every kext of a collection.
const longest = 500;

/**
 * How many lines an error in Foundation's form takes, of which the first begins with `startLength` characters of form. Where
 * no end is in sight, those that are sure to be its own.
 */
export function domainErrorLength(lines: readonly Line[], at: number, startLength: number): number {
  let inUserInfo = false;
  for (let length = 1; length <= longest; length += 1) {
    const whole = lines[at + length - 1]?.text;
    if (whole === undefined || (length > 1 && domainStart.test(whole))) break;
    const text = withoutExitStatus(length === 1 ? whole.slice(startLength) : whole);
    inUserInfo ||= text.includes('" UserInfo=');
    if (text.endsWith(inUserInfo ? '}' : '"')) return length;
  }
  return ownLines(lines, at, startLength);
}

/** The text without blanks behind it, and without the `(rc 250)` that wrappers of kmutil write there. */
export function withoutExitStatus(text: string): string {
  const trimmed = text.trimEnd();
  const at = trimmed.lastIndexOf('(rc ');
  return at >= 0 && /^\(rc \d+\)$/.test(trimmed.slice(at)) ? trimmed.slice(0, at).trimEnd() : trimmed;
}

/** How many lines an error takes that is its description alone. */
export function plainErrorLength(lines: readonly Line[], at: number): number {
  return ownLines(lines, at, 0);
}

const listsProblems = new RegExp(
  String.raw`^\s*(?:Error: )?(?:${service})?(?:kmutil encountered error \(-?\d+\): )?(?:(?:Validating|Authenticating|Loading) extension failed|${buildFailure})`,
);

/** A description that ends in a colon goes on in lines that are set in, and in what no other line of a tool looks like. */
function ownLines(lines: readonly Line[], at: number, startLength: number): number {
  const first = lines[at]?.text ?? '';
  if (!first.trimEnd().endsWith(':')) return 1;
  const goesOn = listsProblems.test(first.slice(startLength)) ? isProblem : isSetIn;
  let length = 1;
  while (length < longest && goesOn(lines[at + length]?.text ?? '')) length += 1;
  return length;
}

function isSetIn(text: string): boolean {
  return /^(\t| {2,})\S/.test(text);
}

function isProblem(text: string): boolean {
  return (
    isSetIn(text) ||
    /^\S+ specific:\s*$/.test(text) ||
    /^(?:(?:Filesystem error|Authenticating extension failed): |in '[^']*' missing )/.test(text) ||
    kextFindingIn(text) !== undefined
  );
}

/** Whether an error of kmutil begins on that line. */
export function startsKmutilError(text: string): boolean {
  return domainStart.test(text) || plainStart.test(text);
}
