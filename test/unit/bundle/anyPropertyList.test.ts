import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { build, type PlistValue } from 'plist';
import { parsePropertyList } from '../../../src/bundle/propertyList.ts';
import type { PropertyListNode } from '../../../src/bundle/propertyListNode.ts';
import { plain } from './plainValue.ts';
import { xmlSoup } from './xmlSoup.ts';

const file = '/project/Info.plist';

// Characters that XML 1.0 can hold; plist.build writes others raw.
const character = fc.constantFrom(...('abcXYZ019 _-.$(){}&<>"\'é日\u{1F600}]['.match(/./gu) ?? []));
const text = fc.string({ unit: character, maxLength: 12 });
const scalar: fc.Arbitrary<PlistValue> = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter(value => !Number.isInteger(value)),
  fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }).map(date => {
    date.setUTCMilliseconds(0);
    return date;
  }),
  fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes)),
);
const { value: anyValue } = fc.letrec<{ value: PlistValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter(key => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
}));

/** The value as `plain` shows a node. */
function shown(value: PlistValue): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shown(member as PlistValue)]));
}

function* everyNode(node: PropertyListNode): Generator<{ tag: string; line: number; column: number }> {
  const tag = node.kind === 'boolean' ? String(node.value) : node.kind;
  yield { tag, line: node.position.line, column: node.position.column };
  if (node.kind === 'array') for (const item of node.items) yield* everyNode(item);
  if (node.kind !== 'dict') return;
  for (const { keyPosition, value } of node.entries.values()) {
    yield { tag: 'key', line: keyPosition.line, column: keyPosition.column };
    yield* everyNode(value);
  }
}

describe('any property list', () => {
  it('that npm’s plist builds reads back equal, with every position on its element', () => {
    fc.assert(
      fc.property(anyValue, value => {
        const built = build(value);
        const list = parsePropertyList(built, file);
        if ('problem' in list) assert.fail(list.problem);
        const { root } = list;
        assert.deepEqual(plain(root), shown(value));
        const lines = built.split('\n');
        for (const { tag, line, column } of everyNode(root))
          assert.ok(lines[line - 1]?.startsWith(`<${tag}`, column - 1), `${tag} at ${line}:${column} of\n${built}`);
      }),
      { numRuns: 300 },
    );
  });

  it('and any other text gives a list or a problem with a place in the text', () => {
    const soup = xmlSoup(
      ...[
        '<plist>',
        '</plist>',
        '<dict>',
        '</dict>',
        '<key>',
        '</key>',
        '<string>',
        '</string>',
        '<array/>',
        '<integer>',
      ],
    );
    fc.assert(
      fc.property(soup, content => {
        const list = parsePropertyList(content, file);
        if (!('problem' in list)) return;
        assert.ok(list.position.line >= 1 && list.position.line <= content.split(/\r\n?|\n/).length);
        assert.doesNotMatch(list.problem, /undefined|\n|\bat \S+:\d+/);
      }),
      { numRuns: 2000 },
    );
  });
});
