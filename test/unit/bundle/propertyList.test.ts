import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type PropertyList, type PropertyListProblem, parsePropertyList } from '../../../src/bundle/propertyList.ts';
import type { PropertyListNode } from '../../../src/bundle/propertyListNode.ts';
import { plain } from './plainValue.ts';

const file = '/project/Info.plist';

function inPlist(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n${content}\n</plist>\n`;
}

function read(text: string): PropertyListNode {
  const list = parsePropertyList(text, file);
  if ('problem' in list) assert.fail(list.problem);
  return list.root;
}

function problemOf(text: string): PropertyListProblem {
  const list: PropertyList | PropertyListProblem = parsePropertyList(text, file);
  if (!('problem' in list)) assert.fail('was read without a problem');
  return list;
}

describe('the property list reader', () => {
  it('gives every type its value', () => {
    const node = read(
      inPlist(`<dict>
        <key>text</key><string> a &amp; b&#10;<![CDATA[<c> & d]]><!-- no text --> e </string>
        <key>number</key><integer> -12 </integer><key>hex</key><integer>0x1F</integer>
        <key>large</key><integer>18446744073709551615</integer>
        <key>real</key><real>-1.5e3</real><key>no number</key><real>nan</real>
        <key>yes</key><true/><key>no</key><false></false>
        <key>bytes</key><data> AQID
          /w== </data>
        <key>moment</key><date>2024-01-31T10:00:00Z</date>
        <key>list</key><array><string>x</string><array/><dict/></array>
        <key>empty</key><string/>
      </dict>`),
    );
    assert.equal(node.kind, 'dict');
    const at = (key: string) => (node.kind === 'dict' ? node.entries.get(key)?.value : undefined);
    assert.deepEqual(plain(node), {
      text: ' a & b\n<c> & d e ',
      number: -12,
      hex: 31,
      large: Number(18446744073709551615n),
      real: -1500,
      'no number': Number.NaN,
      yes: true,
      no: false,
      bytes: [1, 2, 3, 255],
      moment: '2024-01-31T10:00:00.000Z',
      list: ['x', [], {}],
      empty: '',
    });
    const large = at('large');
    assert.equal(large?.kind === 'integer' && large.value, 18446744073709551615n);
  });

  it('places each key and value on its element, whatever ends the lines', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = [
        '\uFEFF<plist>',
        '<dict>',
        '\t<key>A</key> <string>one',
        'two</string>',
        '  <key>B</key><true/>',
        '</dict></plist>',
      ];
      const root = read(text.join(end));
      assert.deepEqual(root.position, { file, line: 2, column: 1, endColumn: 7 });
      assert.equal(root.kind, 'dict');
      if (root.kind !== 'dict') return;
      assert.deepEqual(root.entries.get('A')?.keyPosition, { file, line: 3, column: 2, endColumn: 14 });
      assert.deepEqual(root.entries.get('A')?.value.position, { file, line: 3, column: 15, endColumn: 23 });
      assert.deepEqual(root.entries.get('B')?.keyPosition, { file, line: 5, column: 3, endColumn: 15 });
      assert.deepEqual(root.entries.get('B')?.value.position, { file, line: 5, column: 15, endColumn: 22 });
    }
  });

  it('takes a document type, and a value without <plist> around it', () => {
    const type =
      '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">';
    assert.deepEqual(plain(read(`${type}<plist><array/></plist>`)), []);
    assert.deepEqual(plain(read('<dict><key>a</key><string>b</string></dict>')), { a: 'b' });
  });

  it('takes the later value of a key that comes twice', () => {
    assert.deepEqual(plain(read(inPlist('<dict><key>a</key><true/><key>a</key><false/></dict>'))), { a: false });
  });

  const malformed: readonly (readonly [string, string, number, number, string])[] = [
    [
      'an unclosed element',
      '<plist>\n<dict>\n <key>a</key>\n <string>b\n</dict>\n</plist>',
      5,
      1,
      'is malformed: found </dict>; expected </string> for the <string> on line 4',
    ],
    ['an end without a start', '<plist></plist></dict>', 1, 16, 'is malformed: found </dict>; no <dict> is open here'],
    [
      'an end of file',
      '<plist>\n  <dict>',
      2,
      3,
      'is malformed: found the end of the file; expected </dict> for this <dict>',
    ],
    [
      'a bare ampersand',
      '<plist><string>a & b</string></plist>',
      1,
      18,
      'is malformed: found a bare &; expected &amp;',
    ],
    [
      'an unknown entity',
      '<plist><string>&nbsp;</string></plist>',
      1,
      16,
      'is malformed: found the unknown entity &nbsp;; expected one of &amp; &lt; &gt; &apos; &quot; or a character number',
    ],
    [
      'a bare less-than',
      '<plist><string>a < b</string></plist>',
      1,
      18,
      'is malformed: found a bare <; expected &lt; or a tag',
    ],
    [
      'an endless comment',
      '<plist>\n<!-- a\n</plist>',
      2,
      1,
      'is malformed: found a comment that never ends; expected -->',
    ],
    ['an endless tag', '<plist', 1, 1, 'is malformed: found a tag that never ends; expected >'],
    [
      'two outermost elements',
      '<plist><true/></plist>\n<dict/>',
      2,
      1,
      'is malformed: found a second outermost element <dict>; expected nothing after the first',
    ],
    ['an empty list', '<plist>\n</plist>', 1, 1, 'is malformed: found an empty <plist>; expected a value in it'],
    [
      'two values',
      '<plist><true/><dict/></plist>',
      1,
      15,
      'is malformed: found a second value <dict> in <plist>; expected one',
    ],
    [
      'a key without a value',
      '<plist><dict>\n<key>a</key>\n</dict></plist>',
      2,
      1,
      'is malformed: found the key "a" without a value; expected one after it',
    ],
    [
      'two keys in a row',
      '<plist><dict>\n<key>a</key><key>b</key><true/>\n</dict></plist>',
      2,
      1,
      'is malformed: found the key "a" without a value; expected one after it',
    ],
    [
      'a value without a key',
      '<plist><dict>\n<true/>\n</dict></plist>',
      2,
      1,
      'is malformed: found <true> without a key in <dict>; expected <key>',
    ],
    [
      'a key in an array',
      '<plist><array><key>a</key></array></plist>',
      1,
      15,
      'is malformed: found a <key> where a value belongs; expected <string>, <dict>, <array> or the like',
    ],
    [
      'an unknown element',
      '<plist><str>a</str></plist>',
      1,
      8,
      'is malformed: found <str>; expected one of <dict>, <array>, <string>, <integer>, <real>, <true/>, <false/>, <date>, <data>',
    ],
    [
      'text between elements',
      '<plist><dict>com.example</dict></plist>',
      1,
      8,
      'is malformed: found the text "com.example" in <dict>; expected only elements',
    ],
    [
      'an element in a text',
      '<plist><string>a<b/></string></plist>',
      1,
      17,
      'is malformed: found <b> in <string>; expected text',
    ],
    [
      'a wrong number',
      '<plist><integer>1.5</integer></plist>',
      1,
      8,
      'is malformed: found "1.5" in <integer>; expected a whole number such as 42 or 0x2A',
    ],
    [
      'an empty number',
      '<plist><integer/></plist>',
      1,
      8,
      'is malformed: found nothing in <integer>; expected a whole number such as 42 or 0x2A',
    ],
    [
      'a wrong real',
      '<plist><real>one</real></plist>',
      1,
      8,
      'is malformed: found "one" in <real>; expected a number such as 1.5',
    ],
    [
      'a wrong date',
      '<plist><date>today</date></plist>',
      1,
      8,
      'is malformed: found "today" in <date>; expected a date such as 2024-01-31T10:00:00Z',
    ],
    ['wrong base64', '<plist><data>!!!</data></plist>', 1, 8, 'is malformed: found "!!!" in <data>; expected base64'],
    ['an empty text', ' \n ', 1, 1, 'is empty; expected an XML property list'],
    [
      'an old-style list',
      '{ CFBundleName = Foo; }',
      1,
      1,
      'begins with "{ CFBundleName = Foo; }"; expected an XML property list',
    ],
    ['a binary list', 'bplist00\u0001\u0002', 1, 1, 'is a binary property list; convert it with plutil -convert xml1'],
  ];
  for (const [what, text, line, column, problem] of malformed) {
    it(`says what is wrong with ${what}`, () => {
      const found = problemOf(text);
      assert.equal(found.problem, problem);
      assert.deepEqual([found.position.file, found.position.line, found.position.column], [file, line, column]);
    });
  }

  it('gives a problem for what only the XML parser refuses, in one line and without printing', t => {
    const printed = (['error', 'warn', 'log'] as const).map(name => t.mock.method(console, name, () => undefined));
    for (const text of ['<plist><string a=b>x</string></plist>', '<a:b/>', '<plist a="<"/>', '<!-- only a comment -->'])
      assert.match(problemOf(text).problem, /^is malformed XML: [^\n]+$/);
    assert.deepEqual(
      printed.map(method => method.mock.callCount()),
      [0, 0, 0],
    );
  });

  it('refuses an absurd depth', () => {
    const text = inPlist('<array>'.repeat(5000) + '</array>'.repeat(5000));
    assert.match(problemOf(text).problem, /nested more than 256 levels deep/);
  });
});
