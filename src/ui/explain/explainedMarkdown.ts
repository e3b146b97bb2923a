import * as l10n from '@vscode/l10n';
import type { CataloguePage } from '../../diagnosis/catalogue/cataloguePage.ts';
import type { Explained } from '../../diagnosis/catalogue/explained.ts';
import { escaped, fenced } from '../../report/markdown.ts';

/** The address of a page that ships. */
export type LinkOfPage = (page: CataloguePage) => string;

/**
 * All matches as a page: each with its message, what it means, what to do and where. The pages that ship say no more of them,
 * and VS Code's Markdown follows no link to a file from a page that is none.
 */
export function explainedPage(asked: string, found: readonly Explained[]): string {
  return `${[`# ${l10n.t('What This Means')}`, fenced(asked), ...found.map(section)].join('\n\n')}\n`;
}

/** What is shown beside the pointer: the matches that are not more general than another, and a line for each other. */
export function explainedHover(found: readonly Explained[], linkOf: LinkOfPage): string {
  const own = found.filter(({ general }) => !general);
  const shown = own.slice(0, mostInHover);
  const more = found.length - shown.length;
  const left = more === 0 ? [] : [l10n.t('{0} more: run Kext Dev: Explain Kext Error on it.', more)];
  const linked = (each: Explained) => [sentences(each), ...linkTo(each, linkOf)].join('\n\n');
  return [...shown.map(linked), ...left].join('\n\n---\n\n');
}

const mostInHover = 3;

function section(each: Explained): string {
  const { row, fields } = each;
  // A message is before the reader's eyes; a code has none.
  const example = Object.keys(fields).length === 0 ? [fenced(row.example)] : [];
  return [`## ${escaped(nameOf(each))}`, ...example, sentences(each)].join('\n\n');
}

function nameOf({ row, general, oneCase }: Explained): string {
  if (oneCase) return l10n.t('{0} (one of the cases of this code)', row.id);
  return general ? l10n.t('{0} (more general)', row.id) : row.id;
}

function sentences({ cause, remedy, where, code }: Explained): string {
  const codes = code === undefined ? [] : [code.hex, String(code.decimal), code.symbol, code.text];
  const names = codes.filter(name => name !== undefined).map(name => `\`${name}\``);
  return [
    escaped(cause),
    l10n.t('**Next:** {0}', escaped(remedy)),
    l10n.t('**Where to look:** {0}', escaped(where)),
    ...(names.length === 0 ? [] : [names.join(' · ')]),
  ].join('\n\n');
}

function linkTo({ page, row }: Explained, linkOf: LinkOfPage): readonly string[] {
  return page === undefined ? [] : [`[${escaped(row.id)}](${linkOf(page)})`];
}
