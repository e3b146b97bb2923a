import { toJson } from '../../../src/tools/text/json.ts';
import { linesOf } from '../../../src/tools/text/lines.ts';
import type { ParsedText } from '../../../src/tools/text/parsedText.ts';

/** What came of one text. */
export interface Examined {
  /** That the parser threw, lost lines, or told what cannot be JSON. */
  readonly fault?: string;
  /** What the answer is made of, briefly: texts of which it is the same are alike to the parser. */
  readonly shape?: string;
}

/** Gives the text to the parser and looks whether every line is accounted for. */
export function examine(parse: (text: string) => ParsedText<unknown>, text: string): Examined {
  try {
    const parsed = parse(text);
    const fault = accountingFault(parsed, text);
    return fault === undefined ? { shape: shapeOf(parsed) } : { fault };
  } catch (error) {
    return { fault: `it threw ${error instanceof Error ? error.stack : String(error)}` };
  }
}

function accountingFault(parsed: ParsedText<unknown>, text: string): string | undefined {
  const { recordLines, notices, notUnderstood } = parsed;
  JSON.stringify(toJson(parsed.records));
  const all = text.split(/\r?\n/);
  // A remark has the line number 0 and is no line of the text.
  const kept = notUnderstood.filter(({ line }) => line > 0);
  const moved = kept.find(({ line, text: told }) => told !== all[line - 1]);
  if (moved !== undefined) return `line ${moved.line} is not ${JSON.stringify(moved.text.slice(0, 200))}`;
  const filled = linesOf(text).length;
  const told = recordLines + notices.length + kept.length;
  return told === filled
    ? undefined
    : `${filled} lines became ${recordLines} of records, ${notices.length} notices and ${kept.length} not understood`;
}

function shapeOf({ records, notices, notUnderstood }: ParsedText<unknown>): string {
  const kinds = new Set(records.map(kindOf));
  return `${[...kinds].sort().join(' ')}|${Math.min(notices.length, 3)}|${Math.min(notUnderstood.length, 3)}`;
}

function kindOf(record: unknown): string {
  if (typeof record !== 'object' || record === null) return typeof record;
  const { kind, ...more } = record as Record<string, unknown>;
  return typeof kind === 'string'
    ? kind
    : Object.keys(more)
        .filter(key => more[key] !== undefined)
        .join();
}
