/**
 * Line forms by kind, written as the tool's own format strings: `Kext {kext} class {class} has {instances:d} instance.`
 * A field is text; `:d` a signed decimal number, `:x` a 0x number of 32 bits, `:id` a 0x number of 64 bits; `{*}` is any
 * text, kept by nobody, and stands for braces too, which a template cannot hold. A tab in a template is a tab or the
 * blanks that copies make of it.
 */
export type LineTemplates = Readonly<Record<string, readonly string[]>>;

/** What a line of one of the templates says: its kind and its fields, typed by the template itself. */
export type Said<Table extends LineTemplates> = {
  [Kind in keyof Table]: SaidAs<Kind, Table[Kind][number]>;
}[keyof Table];

type SaidAs<Kind, Template extends string> = Template extends string
  ? { readonly kind: Kind } & Fields<Template>
  : never;

type Fields<Template extends string> = {
  readonly [Field in FieldOf<Template> as NameOf<Field>]: Field extends `${string}:d` | `${string}:x`
    ? number
    : Field extends `${string}:id`
      ? bigint
      : string;
};

type FieldOf<Template extends string> = Template extends `${string}{${infer Field}}${infer Rest}`
  ? Field | FieldOf<Rest>
  : never;

type NameOf<Field extends string> = Field extends '*' ? never : Field extends `${infer Name}:${string}` ? Name : Field;

// No kext tool writes longer lines of its own: they hold two paths at most, and PATH_MAX is 1024.
const longest = 4096;

interface Form {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly fields: readonly (readonly [name: string, type: string])[];
  /** What the line begins with; empty where that is a field. */
  readonly beginning: string;
  /** The longest of the words that stand in it besides. */
  readonly word: string;
  /** No line of it has fewer characters. */
  readonly least: number;
}

/**
 * A reader of single lines that gives what the first fitting template says. Blanks around the line do not matter.
 * Most lines fit none, so a template's pattern is tried only on lines that have its fixed words.
 */
export function lineReader<const Table extends LineTemplates>(table: Table): (text: string) => Said<Table> | undefined {
  const forms = Object.entries(table).flatMap(([kind, templates]) => templates.map(template => form(kind, template)));
  const { byFirst, others } = indexed(forms);
  const shortest = Math.min(...forms.map(({ least }) => least));
  return text => {
    const trimmed = text.trim();
    if (trimmed.length > longest || trimmed.length < shortest) return undefined;
    for (const form of byFirst.get(trimmed.charCodeAt(0)) ?? others) {
      if (trimmed.length < form.least || !trimmed.startsWith(form.beginning) || !trimmed.includes(form.word)) continue;
      const match = form.pattern.exec(trimmed);
      if (match) return said(form, match) as Said<Table>;
    }
    return undefined;
  };
}

/** The forms that can fit a line by its first character, in their own order; `others`: those that fit after any. */
function indexed(forms: readonly Form[]) {
  const others = forms.filter(({ beginning }) => beginning === '');
  const firsts = new Set(forms.filter(({ beginning }) => beginning !== '').map(form => form.beginning.charCodeAt(0)));
  const fitting = (first: number) =>
    forms.filter(({ beginning }) => beginning === '' || beginning.charCodeAt(0) === first);
  return { byFirst: new Map([...firsts].map(first => [first, fitting(first)])), others };
}

/** The words of a template that every line of it has, in their order: the first is empty where a field comes first. */
export function fixedWords(template: string): readonly string[] {
  return template.split(/\{[^}]*\}|\t/);
}

function said({ kind, fields }: Form, match: RegExpExecArray): Record<string, unknown> {
  const result: Record<string, unknown> = { kind };
  for (const [index, [name, type]] of fields.entries()) {
    const text = match[index + 1] ?? '';
    result[name] = type === 'id' ? BigInt(text) : type === '' ? text : Number(text);
  }
  return result;
}

function form(kind: string, template: string): Form {
  const fields: [string, string][] = [];
  const source = template.replaceAll(/\{([^}]*)\}|\t|[.*+?^${}()|[\]\\/]/g, (piece, field: string | undefined) => {
    if (piece === '\t') return '(?:\\t| {2,})';
    if (field === undefined) return `\\${piece}`;
    if (field === '*') return '.*';
    const [name = '', type = ''] = field.split(':');
    fields.push([name, type]);
    return type === 'd' ? '(-?\\d+)' : type === '' ? '(.+?)' : '(0x[0-9a-fA-F]+)';
  });
  const [beginning = '', ...words] = fixedWords(template);
  const word = words.reduce((longest, each) => (each.length > longest.length ? each : longest), '');
  const least = beginning.length + words.reduce((sum, each) => sum + each.length, 0) + fields.length;
  return { kind, fields, pattern: new RegExp(`^${source}$`), beginning, word, least };
}
