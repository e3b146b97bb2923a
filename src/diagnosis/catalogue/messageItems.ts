import type { Line } from '../../tools/text/lines.ts';
import { type RowMatch, rowsFitting } from './messageIndex.ts';
import { pastedLine } from './pastedLine.ts';

/**
 * The lines below a message that are its values, such as symbols under "unresolved" and properties under a finding: the
 * match with the first of them in its field, and how many lines they are.
 */
export function itemsBelow(
  lines: readonly Line[],
  at: number,
  match: RowMatch | undefined,
): { readonly matches: RowMatch[]; readonly taken: number } {
  if (match === undefined) return { matches: [], taken: 0 };
  const { row, fields } = match;
  const field = row.itemField;
  if (field === undefined || fields[field] !== undefined) return { matches: [match], taken: 0 };
  const head = lines[at]?.text ?? '';
  let taken = 0;
  while (isItem(head, lines[at + taken + 1]?.text)) taken += 1;
  const first = taken === 0 ? undefined : itemValue(lines[at + 1]?.text ?? '');
  return { matches: [first === undefined ? match : { row, fields: { ...fields, [field]: first } }], taken };
}

function isItem(head: string, text: string | undefined): boolean {
  if (text === undefined || rowsFitting(text).some(({ row }) => row.item !== true)) return false;
  return indentation(text) > indentation(head) || (/^\s*kxld\[/.test(text) && /kxld\[/.test(head));
}

function indentation(text: string): number {
  return text.length - text.trimStart().length;
}

/**
 * `CFBundleVersion - should be <string>` is about CFBundleVersion, `'Turbine' -> 'org.sample.driver.Pump'` about Turbine,
 * `_gRotors: 0x1040 - 0x2080` about _gRotors.
 */
function itemValue(text: string): string {
  const [reading = ''] = pastedLine(text).readings;
  const [value = ''] = reading.split(/ - | -> |: 0x/);
  return value.replaceAll(/^'|'$/g, '');
}
