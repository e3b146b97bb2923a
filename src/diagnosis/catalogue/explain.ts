import { domainStart } from '../../tools/kmutil/kmutilErrorLines.ts';
import { takeKmutilError } from '../../tools/kmutil/kmutilErrors.ts';
import { type Line, linesOf } from '../../tools/text/lines.ts';
import type { CatalogueRow } from './catalogueRow.ts';
import { codeQuery } from './codeQuery.ts';
import { explainCode, explainCodeInLine, rowOfCode } from './explainCode.ts';
import { type Explained, explainedBy } from './explained.ts';
import { messageOfKmutil } from './kmutilMessage.ts';
import { type RowMatch, reasonsIn, rowsFitting } from './messageIndex.ts';
import { itemsBelow } from './messageItems.ts';
import { pastedLine } from './pastedLine.ts';
import { codesIn } from './returnCode.ts';

/** What one message or some lines that belong together say: the most specific first. */
interface Message {
  readonly matches: readonly RowMatch[];
  /** What it says in so many words, for the codes in it. */
  readonly text: string;
  /** How many lines it is. */
  readonly taken: number;
}

/**
 * What the catalogue knows of a pasted text: for a code all its rows, the commonest first; for a
 * line of somebody else's that holds one, what the code says by itself, and its cases after it; for messages the row of each, in
 * their order and each once, more general ones marked, and what only tells how it went behind what went wrong. Empty where nothing is known.
 */
export function explain(pasted: string): readonly Explained[] {
  const text = pasted.replaceAll(typesetMinus, '-');
  const query = codeQuery(text);
  if (query !== undefined) return explainCode(query);
  const code = codeInUnknownLine(text);
  return code === undefined ? failuresFirst(explainMessages(text)) : explainCodeInLine(code);
}

function failuresFirst(all: readonly Explained[]): readonly Explained[] {
  const isTold = ({ row }: Explained) => row.severity === 'information';
  return [...all.filter(each => !isTold(each)), ...all.filter(isTold)];
}

/** What a page or a mail makes of the sign of a number. */
const typesetMinus = /(?<![\p{L}\p{N}.])[\u2010-\u2013\u2212](?=\d)/gu;

/** What is said of the messages alone: a code in a line that is not known leads to what it says by itself. */
export function explainMessages(text: string): readonly Explained[] {
  const lines = linesOf(text).map(unquoted);
  const found = new Map<CatalogueRow, Explained>();
  for (let at = 0; at < lines.length; ) {
    const message = messageAt(lines, at);
    for (const [index, { row, fields }] of [...message.matches, ...matchesOfCodes(message.text)].entries())
      note(found, row, fields, index > 0);
    at += message.taken;
  }
  return withSummariesMarked([...found.values()]);
}

/** The one code of a line that the catalogue does not have. */
function codeInUnknownLine(text: string): number | undefined {
  const line = text.trim();
  if (line.includes('\n') || rowsFitting(line).length > 0 || takeKmutilError(linesOf(line), 0) !== undefined)
    return undefined;
  const [code, ...others] = codesIn(line);
  return code === undefined || others.length > 0 || rowOfCode(code) === undefined ? undefined : code;
}

function note(
  found: Map<CatalogueRow, Explained>,
  row: CatalogueRow,
  fields: RowMatch['fields'],
  general: boolean,
): void {
  const before = found.get(row);
  found.set(row, explainedBy(row, { ...fields, ...before?.fields }, general && (before?.general ?? true)));
}

/** Where some line says why, those that only say that are more general. One that tells how it went says no why. */
function withSummariesMarked(all: readonly Explained[]): readonly Explained[] {
  const hasReason = all.some(({ row, general }) => row.summary !== true && !general && row.severity !== 'information');
  return hasReason ? all.map(each => (each.row.summary === true ? { ...each, general: true } : each)) : all;
}

function matchesOfCodes(text: string): readonly RowMatch[] {
  return codesIn(text).flatMap(code => {
    const row = rowOfCode(code);
    return row === undefined ? [] : [{ row, fields: {} }];
  });
}

/** Without marks of quotation and prefixes of logs; how far it is set in stays. */
function unquoted({ line, text }: Line): Line {
  const inner = text.replace(/^\s*(?:> ?)+/, '');
  const indentation = inner.length - inner.trimStart().length;
  const [stripped = ''] = pastedLine(inner).readings;
  return {
    line,
    text: domainStart.test(stripped) ? inner.slice(0, indentation) + stripped : inner,
  };
}

function messageAt(lines: readonly Line[], at: number): Message {
  const ofKmutil = takeKmutilError(lines, at);
  if (ofKmutil !== undefined) {
    const { error, taken } = ofKmutil;
    return { matches: messageOfKmutil(error), text: error.description, taken };
  }
  const { text = '' } = lines[at] ?? {};
  const matches = reasonsIn(text);
  if (matches.length > 0) {
    const items = itemsBelow(lines, at, matches[0]);
    return { matches: items.matches.concat(matches.slice(1)), text, taken: 1 + items.taken };
  }
  const joined = lines.length <= mostWrapped ? wrapped(lines, at) : undefined;
  return joined ?? { matches, text, taken: 1 };
}

// What people copy out of a terminal or a mail; a log is not wrapped.
const mostWrapped = 300;

/** A message that a terminal or a mail broke into two or three lines. */
function wrapped(lines: readonly Line[], at: number): Message | undefined {
  let text = lines[at]?.text.trimEnd() ?? '';
  for (let taken = 2; taken <= 3; taken += 1) {
    const next = lines[at + taken - 1]?.text.trim();
    if (text.length < 30 || text.length > 1000 || next === undefined || next.length > 1000) return undefined;
    if (rowsFitting(next).length > 0) return undefined;
    text = `${text} ${next}`;
    const matches = reasonsIn(text);
    if (matches.length > 0) return { matches, text, taken };
  }
  return undefined;
}
