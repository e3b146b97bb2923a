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

/** Reads the notation of lineTemplates.ts. Where lineTemplates.ts tries every split, the leftmost alone is tried here. */
export function messageForm(template: string): MessageForm {
  // A quotation mark behind a field says where that ends.
  const pieces = comparable(template.replace(/(?<!\}(?=["']))(?<!\}["'][ .:;,"']*)[ .:;,"']+\{\*\}$/, '{*}')).split(
    /\{([^}]*)\}/,
  );
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
export function fieldsOf(form: MessageForm, line: string): MessageFields | undefined {
  const [first = ''] = form.literals;
  if (!line.startsWith(first)) return undefined;
  const found: Record<string, string> = {};
  let at = first.length;
  for (const [index, { name }] of form.fields.entries()) {
    const end = fieldEnd(form, index, line, at);
    if (end === undefined) return undefined;
    if (name !== '*') found[name] ??= line.slice(at, end);
    at = end + (form.literals[index + 1] ?? '').length;
  }
  return at === line.length ? found : undefined;
}

/** Where the field ends that begins at `at`; undefined where it or what follows does not fit. */
function fieldEnd(form: MessageForm, index: number, line: string, at: number): number | undefined {
  const { name = '', type = '' } = form.fields[index] ?? {};
  const next = form.literals[index + 1] ?? '';
  if (type !== '') {
    const end = numberEnd(type, line, at);
    return end !== undefined && line.startsWith(next, end) ? end : undefined;
  }
  const least = name === '*' ? at : at + 1;
  if (index === form.fields.length - 1) {
    const end = line.length - next.length;
    return end >= least && line.endsWith(next) ? end : undefined;
  }
  const typeAfter = form.fields[index + 1]?.type ?? '';
  let end = line.indexOf(next, least);
  // A number says where the text before it ends.
  while (end >= 0 && typeAfter !== '' && numberEnd(typeAfter, line, end + next.length) === undefined)
    end = line.indexOf(next, end + 1);
  return end < 0 ? undefined : end;
}

function numberEnd(type: string, line: string, at: number): number | undefined {
  const pattern = type === 'd' ? /-?\d{1,20}/y : /0x[0-9a-fA-F]{1,16}/y;
  pattern.lastIndex = at;
  const length = pattern.exec(line)?.[0].length;
  return length === undefined ? undefined : at + length;
}
