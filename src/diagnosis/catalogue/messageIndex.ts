import { catalogue } from './catalogue.ts';
import type { CatalogueRow } from './catalogueRow.ts';
import { comparable, fieldsOf, type MessageFields, type MessageForm, messageForm } from './messageForm.ts';
import { pastedLine } from './pastedLine.ts';

/** A row that a message fits, and what its fields hold. */
export interface RowMatch {
  readonly row: CatalogueRow;
  readonly fields: MessageFields;
}

interface IndexedForm {
  readonly row: CatalogueRow;
  readonly form: MessageForm;
}

/** Forms by their first word; under '' those that begin with a field. */
const index: ReadonlyMap<string, readonly IndexedForm[]> = Map.groupBy(
  catalogue.flatMap(row => row.patterns.map(pattern => ({ row, form: messageForm(pattern) }))),
  ({ form: { literals, fields } }) => firstWord(literals[0] ?? '', fields.length === 0),
);

/** The rows that a line fits, the one that says most first. A prefix of a tool or a log is passed over. */
export function rowsFitting(line: string): readonly RowMatch[] {
  const { readings, kext } = pastedLine(line);
  for (const reading of readings) {
    const found = fitting(comparable(reading));
    if (found.length > 0) return kext === undefined ? found : found.map(match => withKext(match, kext));
  }
  return [];
}

// No tool says more: a collection's error holds what keeps a kext out, and that holds the symbol.
const mostReasons = 3;

/** The same, what stands behind the colon of a line that only sums up before that line itself. */
export function reasonsIn(line: string, depth = mostReasons): readonly RowMatch[] {
  const matches = rowsFitting(line);
  const [first] = matches;
  const reason = first?.row.summary === true ? first.fields.reason : undefined;
  return reason === undefined || depth === 0 ? matches : [...reasonsIn(reason, depth - 1), ...matches];
}

function withKext({ row, fields }: RowMatch, kext: string): RowMatch {
  return { row, fields: { kext, ...fields } };
}

function fitting(text: string): readonly RowMatch[] {
  const found = new Map<CatalogueRow, RowMatch & { readonly weight: number }>();
  for (const word of [firstWord(text, true), '']) {
    for (const { row, form } of index.get(word) ?? []) {
      const fields = fieldsOf(form, text);
      if (fields === undefined || !isMeant(row, fields) || (found.get(row)?.weight ?? -1) >= form.weight) continue;
      found.set(row, { row, fields, weight: form.weight });
    }
  }
  return [...found.values()].toSorted((a, b) => rank(b) - rank(a));
}

/** A row that is about one code alone says more than one about any. */
function rank({ row, weight }: RowMatch & { readonly weight: number }): number {
  return weight + (row.onlyWithCode === true ? 1000 : 0);
}

function isMeant({ code, onlyWithCode, item }: CatalogueRow, fields: MessageFields): boolean {
  // A symbol, mangled or not, and no sentence.
  if (item === true) return /^_|::|^\S+\(/.test(fields.symbol ?? '');
  return onlyWithCode !== true || fields.code === undefined || Number(fields.code) >>> 0 === code;
}

function firstWord(text: string, isWhole: boolean): string {
  const end = text.indexOf(' ');
  return end > 0 ? text.slice(0, end) : isWhole ? text : '';
}
