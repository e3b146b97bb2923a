import { lineAndColumn } from './textPosition.ts';

/** What is wrong with an XML text, and the offset of the piece that is wrong. */
export interface XmlMalformation {
  readonly offset: number;
  readonly message: string;
}

interface OpenTag {
  readonly name: string;
  readonly offset: number;
}

// Comments, CDATA, processing instructions, document types and tags; the last two forms are pieces that never end.
const piece =
  /<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE(?:[^<>[\]"']|"[^"]*"|'[^']*'|\[[^\]]*\])*>|<(\/?)([A-Za-z_][\w.:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|<|&(?!(?:amp|lt|gt|apos|quot|#\d+|#[xX][\dA-Fa-f]+);)/gs;

/**
 * The first place where `text` is no well-formed XML as far as a property list uses it: tags that do not pair, a piece
 * that never ends, an ampersand that starts no entity. XML parsers report these with the place where they gave up;
 * a developer needs the tag that was opened and the one that was found.
 */
export function findMalformation(text: string): XmlMalformation | undefined {
  const open: OpenTag[] = [];
  let roots = 0;
  for (const match of text.matchAll(piece)) {
    const [whole, slash, name, rest] = match;
    const offset = match.index;
    if (whole === '&') return { offset, message: ampersandMessage(text, offset) };
    if (whole === '<') return { offset, message: unfinishedMessage(text, offset) };
    if (name === undefined) continue;
    if (slash === '/') {
      const last = open.pop();
      if (last?.name !== name) return { offset, message: closingMessage(text, name, last) };
      continue;
    }
    if (open.length === 0 && roots++ > 0)
      return { offset, message: `found a second outermost element <${name}>; expected nothing after the first` };
    if (rest?.endsWith('/') !== true) open.push({ name, offset });
  }
  const last = open.pop();
  if (last === undefined) return undefined;
  return {
    offset: last.offset,
    message: `found the end of the file; expected </${last.name}> for this <${last.name}>`,
  };
}

function closingMessage(text: string, found: string, last: OpenTag | undefined): string {
  if (last === undefined) return `found </${found}>; no <${found}> is open here`;
  const { line } = lineAndColumn(text, last.offset);
  return `found </${found}>; expected </${last.name}> for the <${last.name}> on line ${line}`;
}

function ampersandMessage(text: string, offset: number): string {
  const entity = /^&#?\w+;/.exec(text.slice(offset, offset + 40))?.[0];
  return entity === undefined
    ? 'found a bare &; expected &amp;'
    : `found the unknown entity ${entity}; expected one of &amp; &lt; &gt; &apos; &quot; or a character number`;
}

function unfinishedMessage(text: string, offset: number): string {
  if (text.startsWith('<!--', offset)) return 'found a comment that never ends; expected -->';
  if (text.startsWith('<![CDATA[', offset)) return 'found a CDATA section that never ends; expected ]]>';
  if (/^<[/!?]?[A-Za-z_[]/.test(text.slice(offset, offset + 3))) return 'found a tag that never ends; expected >';
  return 'found a bare <; expected &lt; or a tag';
}
