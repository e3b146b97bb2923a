import type { KmutilError } from '../../tools/kmutil/kmutilErrors.ts';
import { onOneLine } from '../../tools/text/onOneLine.ts';
import { type CatalogueRow, environment } from './catalogueRow.ts';
import { explainCode } from './explainCode.ts';
import { type RowMatch, reasonsIn } from './messageIndex.ts';
import { notInCatalogue } from './unknownStatus.ts';

/** What an error of kmutil says: what its items say first, then the error that holds them, else its number alone. */
export function messageOfKmutil({ description, number, domain, text }: KmutilError): readonly RowMatch[] {
  // Several "Failed to bind" come glued together.
  const lines = description.split(/\n|(?<=\S)(?=Failed to bind )/);
  // Of another domain's errors some are known whatever they say.
  if (domain !== undefined && domain !== 'KMErrorDomain')
    lines.unshift(`Error Domain=${domain} Code=${number} "${lines[0]}"`);
  const found = new Map<string, RowMatch>();
  for (const line of lines)
    for (const match of reasonsIn(line)) found.set(match.row.id, found.get(match.row.id) ?? match);
  // Where none of its lines is known, a mail may have broken them, or what stands before them says something.
  for (const whole of found.size === 0 ? [onOneLine(description), onOneLine(text)] : [])
    for (const match of reasonsIn(whole)) found.set(match.row.id, found.get(match.row.id) ?? match);
  const all = [...found.values()];
  const reasons = all.filter(({ row }) => row.summary !== true);
  const summaries = all.filter(({ row }) => row.summary === true);
  if (all.length === 0 && domain !== undefined && number !== undefined && domain !== 'KMErrorDomain')
    return [{ row: errorOfOthers(domain, number, description), fields: {} }];
  const isCounted = number !== undefined && (domain === undefined || domain === 'KMErrorDomain');
  if (!isCounted || all.some(({ row }) => row.status === number)) return [...reasons, ...summaries];
  const ofNumber = explainCode({ kind: 'status', status: number, tool: 'kmutil' });
  // Where the text says something, that its number has no row is no news.
  const rows = ofNumber.filter(
    ({ row }) => row.id.startsWith('exitStatuses.') || (row.id === notInCatalogue && all.length === 0),
  );
  return [...reasons, ...summaries, ...rows.map(({ row }) => ({ row, fields: {} }))];
}

/** An error that kmutil passes on from another part of the system. */
function errorOfOthers(domain: string, number: number, description: string): CatalogueRow {
  const numbers = domain === 'NSPOSIXErrorDomain' ? 'Its numbers are those of errno, which man 2 intro lists.' : '';
  return {
    id: notInCatalogue,
    component: 'kmutil',
    patterns: [],
    severity: 'error',
    summary: true,
    cause:
      `This error is none of kmutil’s own: ${domain} ${number} comes from another part of macOS. ${numbers}`.trim(),
    remedy:
      'Read its words, and in the log what was said just before it: log show --last 5m --predicate \'process == "kernelmanagerd"\'.',
    anchor: environment,
    example: `Error Domain=${domain} Code=${number} "${onOneLine(description)}"`,
  };
}
