/**
 * Errors of kmutil(8), which answers for the classic tools since macOS 11. Accepted:
 *   Error Domain=KMErrorDomain Code=71 "Could not find: …" UserInfo={NSLocalizedDescription=Could not find: …}
 *   (the description may run over several lines, blank ones among them; a leading `Error: `, a missing UserInfo and an exit
 *   status behind it, `  (rc 250)`, occur)
 *   kmutil encountered error (71): Could not find: …
 *   Error contacting KernelManagement service: …                        (where kextload asks kernelmanagerd itself)
 *   Validating extension failed: KernelExtension ID vVERSION in …:      (the description alone, as the first 11 printed it)
 *   Filesystem error: … / Kernel request failed: … (-603947002) / Extension with identifiers … / Loading extension(s): … / …
 */

import type { Line } from '../text/lines.ts';
import {
  domainErrorLength,
  domainStart,
  plainErrorLength,
  plainStart,
  userInfoStart,
  withoutExitStatus,
} from './kmutilErrorLines.ts';
import { type KmutilStatement, readKmutilStatement } from './kmutilStatement.ts';

export interface KmutilError extends Line {
  readonly kind: 'kmutilError';
  readonly by: 'tool';
  /** `KMErrorDomain`; undefined for the forms without one. */
  readonly domain: string | undefined;
  /** kmutil's own number. The same number stands for unrelated causes: judge by what it says. */
  readonly number: number | undefined;
  readonly description: string;
  /** What the description says. */
  readonly says: KmutilStatement;
  /** The kernel's return code in the description, unsigned 32 bits. */
  readonly code: number | undefined;
}

/** What an unload never says: it reads no bundle and builds no collection. */
const ofLoad: ReadonlySet<KmutilStatement['kind']> = new Set([
  'notApproved',
  'restartRequired',
  'collectionNotBuilt',
  'extensionRefused',
  'architectureUnfit',
  'developerKitMissing',
]);

/** True for what only a load, or the building of a collection for one, can end in. */
export function isAboutLoad({ says, description }: Pick<KmutilError, 'says' | 'description'>): boolean {
  return (
    ofLoad.has(says.kind) ||
    /^(Unable to resolve dependencies|Filesystem error|Insufficient permissions for action: Unable to load)/.test(
      description,
    )
  );
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

function takeDomainError(lines: readonly Line[], at: number, first: Line) {
  const start = domainStart.exec(first.text);
  if (!start) return undefined;
  const own = lines.slice(at, at + domainErrorLength(lines, at, start[0].length));
  const text = textOf(own).slice(start[0].length);
  const end = text.search(userInfoStart);
  const description = end < 0 ? withoutExitStatus(text).replace(/"$/, '') : text.slice(0, end);
  return { error: errorOf(own, description, start[1], Number(start[2])), taken: own.length };
}

function takePlainError(lines: readonly Line[], at: number, first: Line) {
  const start = plainStart.exec(first.text);
  if (!start) return undefined;
  const own = lines.slice(at, at + plainErrorLength(lines, at));
  const [, number, told, known, other] = start;
  const description = [told ?? known ?? other ?? '', ...own.slice(1).map(({ text }) => text)].join('\n');
  return {
    error: errorOf(own, description, undefined, number === undefined ? undefined : Number(number)),
    taken: own.length,
  };
}

function textOf(own: readonly Line[]): string {
  return own.map(({ text }) => text).join('\n');
}

function errorOf(
  own: readonly Line[],
  description: string,
  domain: string | undefined,
  number: number | undefined,
): KmutilError {
  const says = readKmutilStatement(description);
  const code = says.kind === 'kernelRequestFailed' && 'signedCode' in says ? says.signedCode >>> 0 : undefined;
  return {
    kind: 'kmutilError',
    by: 'tool',
    line: own[0]?.line ?? 0,
    text: textOf(own),
    domain,
    number,
    description,
    says,
    code,
  };
}
