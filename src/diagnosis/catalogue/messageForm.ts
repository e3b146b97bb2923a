/** A message's template, made ready for matching in time linear in the line. */
export interface MessageForm {
  /** What stands before, between and after the fields. */
  readonly literals: readonly string[];
  readonly fields: readonly { readonly name: string; readonly type: string }[];
  /** How many of its characters are no fields: of two forms that fit, the one with more says more. */
  readonly weight: number;
}

/** What the fields of a message hold, by name, as they were written. */
export type MessageFields = Readonly<Record<string, string>>;

const numbers: Readonly<Record<string, RegExp>> = { d: /-?\d+/y, x: /0x[0-9a-fA-F]+/y, id: /0x[0-9a-fA-F]+/y };

/** Reads the notation of lineTemplates.ts. Where lineTemplates.ts tries every split, the leftmost alone is tried here. */
export function messageForm(template: string): MessageForm {
  const pieces = comparable(template).split(/\{([^}]*)\}/);
  const literals = pieces.filter((_, index) => index % 2 === 0);
  const fields = pieces
    .filter((_, index) => index % 2 === 1)
    .map(field => {
      const [name = '', type = ''] = field.split(':');
      return { name, type };
    });
  return { literals, fields, weight: literals.join('').length };
}

/** Blanks count once, and a full stop, a colon or a quotation mark at the end not at all: copies lose and gain them. */
export function comparable(text: string): string {
  const straight = text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"').replaceAll(/\s+/g, ' ');
  let end = straight.length;
  while (end > 0 && ' .:;,"\'`…'.includes(straight.charAt(end - 1))) end -= 1;
  return straight.slice(0, end).trimStart();
}

/** The fields of a comparable line that has the form; undefined for any other. */
export function fieldsOf({ literals, fields }: MessageForm, line: string): MessageFields | undefined {
  const [first = ''] = literals;
  if (!line.startsWith(first)) return undefined;
  const found: Record<string, string> = {};
  let at = first.length;
  for (const [index, { name, type }] of fields.entries()) {
    const next = literals[index + 1] ?? '';
    const end = fieldEnd(line, at, type, name, { text: next, isLast: index === fields.length - 1 });
    if (end === undefined) return undefined;
    if (name !== '*') found[name] ??= line.slice(at, end);
    at = end + next.length;
  }
  return at === line.length ? found : undefined;
}

function fieldEnd(
  line: string,
  at: number,
  type: string,
  name: string,
  next: { readonly text: string; readonly isLast: boolean },
): number | undefined {
  const number = numbers[type];
  if (number !== undefined) {
    number.lastIndex = at;
    const end = at + (number.exec(line)?.[0].length ?? 0);
    return end > at && line.startsWith(next.text, end) ? end : undefined;
  }
  const least = name === '*' ? at : at + 1;
  const end = next.isLast ? line.length - next.text.length : line.indexOf(next.text, least);
  return end >= least && line.startsWith(next.text, end) ? end : undefined;
}
