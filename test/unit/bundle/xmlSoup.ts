import fc from 'fast-check';

/** What any XML has. */
const xml = [
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  '<!DOCTYPE',
  '[',
  '&amp;',
  '&',
  '&#0;',
  '&#x10FFFF;',
  '<',
  '>',
  '"',
  '=',
  'a',
  '1',
  '\n',
  '\u0000',
  '\ud800',
];

/** Texts of which some are XML: any, and those that are put together from pieces of XML and these. */
export function xmlSoup(...pieces: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.constantFrom(...pieces), fc.constantFrom(...xml));
  return fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 40 }).map(parts => parts.join('')),
  );
}
