import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { withoutPlaceholderLines, withReferences } from '../../../src/bundle/placeholders.ts';
import { parsePropertyList } from '../../../src/bundle/propertyList.ts';

/** The value of a key in a file of that name, with its placeholders as references. */
function value(written: string, file = '/project/Info.plist'): string {
  const list = parsePropertyList(
    `<plist version="1.0"><dict><key>A</key><string>${written}</string></dict></plist>`,
    file,
  );
  assert.ok(!('problem' in list));
  const { root } = withReferences(list);
  const found = root.kind === 'dict' ? root.entries.get('A')?.value : undefined;
  assert.ok(found?.kind === 'string');
  return found.value;
}

describe('A placeholder in an Info.plist', () => {
  it('is a reference that a build fills in', () => {
    const expected: readonly (readonly [string, string])[] = [
      ['@NAME@', '$(NAME)'],
      ['org.sample.__NAME__', 'org.sample.$(NAME)'],
      ['%VERSION%', '$(VERSION)'],
      ['{{ name }}.kext', '$(name).kext'],
      ['$(NAME)', '$(NAME)'],
      ['org.sample.my_pump', 'org.sample.my_pump'],
      ['a@b', 'a@b'],
      ['VERSION', 'VERSION'],
    ];
    for (const [written, filled] of expected) assert.equal(value(written), filled, written);
  });

  it('is in a template also a word in capitals, but for the type of a kext', () => {
    assert.equal(value('VERSION', '/project/Info.plist.in'), '$(VERSION)');
    assert.equal(value('KEXT', '/project/Info.plist.in'), 'KEXT');
  });

  it('alone on a line is left out, and all lines keep their numbers', () => {
    assert.equal(withoutPlaceholderLines('<dict>\n\t__LIBRARIES__\r\n@A@\n</dict>'), '<dict>\n\r\n\n</dict>');
    const piece = fc.constantFrom('@A@', '__B__', '%C%', '{{d}}', '\n', '\r\n', ' ', '\t', '<string>', 'x');
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const text = pieces.join('');
        const left = withoutPlaceholderLines(text);
        assert.equal(left.split('\n').length, text.split('\n').length);
        for (const [at, line] of left.split('\n').entries())
          assert.ok(line === text.split('\n')[at] || line.trim() === '', line);
      }),
    );
  });
});
