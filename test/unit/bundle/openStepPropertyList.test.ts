import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseOpenStepPropertyList } from '../../../src/bundle/openStepPropertyList.ts';
import type { PropertyListNode } from '../../../src/bundle/propertyListNode.ts';
import { plain } from './plainValue.ts';

const file = '/project/Pump.xcodeproj/project.pbxproj';

function read(text: string): PropertyListNode {
  const list = parseOpenStepPropertyList(text, file);
  if ('problem' in list) assert.fail(`${list.problem} at ${list.position.line}:${list.position.column}`);
  return list.root;
}

function problem(text: string): string {
  const list = parseOpenStepPropertyList(text, file);
  assert.ok('problem' in list);
  return `${list.position.line}:${list.position.column} ${list.problem}`;
}

/** A value as text, with what may stand between its words. */
function written(value: unknown, between: string): string {
  if (Array.isArray(value)) return `(${value.map(item => `${between}${written(item, between)}${between},`).join('')})`;
  if (typeof value !== 'object' || value === null) return quoted(String(value));
  const members = Object.entries(value).map(
    ([key, item]) => `${quoted(key)}${between}=${between}${written(item, between)};`,
  );
  return `{${members.join(between)}${between}}`;
}

function quoted(text: string): string {
  return /^[\w$/:.-]+$/.test(text) && !/^\/[/*]/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const text = fc.string({ unit: fc.constantFrom(...'abZ09_-./$:{}()=;,<>"\'\\ \n\té/*'), maxLength: 8 });
const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter(key => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
}));

describe('The reader of property lists of the old style', () => {
  const rows: readonly (readonly [string, string, unknown])[] = [
    [
      'what Xcode writes',
      '// !$*UTF8*$!\n{ a = 4A0B /* Pump.cpp in Sources */; b = (x, "y z", ); }',
      { a: '4A0B', b: ['x', 'y z'] },
    ],
    [
      'escapes',
      '{ a = "\\"\\\\\\n\\t\\U00e9\\101"; b = \'it is\'; }',
      { a: '"\\\n\té A'.replace(' ', ''), b: 'it is' },
    ],
    ['words without quotes', '(com.sample.x, a/b:c, $X, 1.0-d, _)', ['com.sample.x', 'a/b:c', '$X', '1.0-d', '_']],
    ['data', '<0fbd 77>', [0x0f, 0xbd, 0x77]],
    ['a key that is its value', '{ a; }', { a: 'a' }],
    ['of a key that comes twice the later', '{ a = 1; a = 2; }', { a: '2' }],
    ['nothing', '{ }', {}],
    ['a byte order mark', '\uFEFF(a)', ['a']],
    ['lines that end as on other systems', '{\r\n a = b;\r\n}', { a: 'b' }],
  ];
  for (const [name, given, expected] of rows) it(`reads ${name}`, () => assert.deepEqual(plain(read(given)), expected));

  it('knows where keys and values stand', () => {
    const root = read('{\n\tname = "Pump";\n}');
    assert.ok(root.kind === 'dict');
    const entry = root.entries.get('name');
    assert.deepEqual(entry?.keyPosition, { file, line: 2, column: 2, endColumn: 6 });
    assert.deepEqual(entry?.value.position, { file, line: 2, column: 9, endColumn: 15 });
  });

  const mistakes: readonly (readonly [string, string])[] = [
    ['', '1:1 is malformed: found the end of the file; expected a value'],
    ['{ a = ', '1:7 is malformed: found the end of the file; expected a value'],
    ['{ a b; }', '1:5 is malformed: found "b"; expected = after the key "a"'],
    ['{\n a = b }', '2:8 is malformed: found "}"; expected ; after the value of "a"'],
    ['(a b)', '1:4 is malformed: found "b"; expected , or )'],
    ['{} {}', '1:4 is malformed: found "{"; expected the end of the file'],
    ['{ a = "b', '1:7 is malformed: found a string without a closing quote; expected a value'],
    ['/* a', '1:1 is malformed: found a comment without an end; expected a value'],
    ['<0g>', '1:1 is malformed: found data that is no hexadecimal; expected a value'],
  ];
  for (const [given, expected] of mistakes)
    it(`says what is wrong with ${JSON.stringify(given)}`, () => assert.equal(problem(given), expected));

  it('refuses an absurd depth', () => assert.match(problem('('.repeat(100_000)), /at most 256 levels deep$/));

  it('reads whatever is written, with blanks and comments between its words', () => {
    const between = fc.constantFrom('', ' ', '\n', '/* { " */', '// )\n');
    fc.assert(
      fc.property(value, between, (each, gap) => {
        const shown = (one: unknown): unknown =>
          Array.isArray(one)
            ? one.map(shown)
            : typeof one === 'object' && one !== null
              ? Object.fromEntries(Object.entries(one).map(([key, item]) => [key, shown(item)]))
              : one;
        assert.deepEqual(plain(read(written(each, gap === '' ? ' ' : ` ${gap} `))), shown(each));
      }),
      { numRuns: 300 },
    );
  });

  it('gives a list or a problem with a place in the text for any other text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      '=',
      ';',
      ',',
      '"',
      "'",
      '<',
      '>',
      '/*',
      '*/',
      '//',
      '\n',
      '\\',
      'a',
      '\ud800',
      '\0',
    );
    const soup = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join('')),
    );
    fc.assert(
      fc.property(soup, content => {
        const list = parseOpenStepPropertyList(content, file);
        if (!('problem' in list)) return;
        assert.ok(list.position.line >= 1 && list.position.line <= content.split('\n').length);
        assert.doesNotMatch(list.problem, /undefined|\n/);
      }),
      { numRuns: 2000 },
    );
  });
});
