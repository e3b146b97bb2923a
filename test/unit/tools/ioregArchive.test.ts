import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { build, type PlistValue } from 'plist';
import type { PropertyValue, RegistryEntry } from '../../../src/model/registryEntry.ts';
import { parseIoregTree } from '../../../src/tools/ioreg.ts';
import { ioregArchive, ioregObjects, parseIoregArchive } from '../../../src/tools/ioregArchive.ts';
import { UnknownToolText } from '../../../src/tools/port/toolErrors.ts';
import { linesOf } from '../../../src/tools/text/lines.ts';
import { capture } from './captures.ts';
import { said } from './said.ts';

const whole = capture('ioreg-archive-held-open');
const objects = capture('ioreg-archive-objects');
const withoutChain = (entry: RegistryEntry): RegistryEntry => ({
  ...entry,
  inheritance: undefined,
  children: entry.children.map(withoutChain),
});

describe('an archive of ioreg', () => {
  it('says what the tree of the same registry says', () => {
    const archive = parseIoregArchive(whole);
    assert.deepEqual(archive.notUnderstood, []);
    assert.deepEqual(archive.records.map(withoutChain), parseIoregTree(capture('ioreg-held-open')).records);
  });

  it('gives the superclasses, root-most first', () => {
    const [root] = parseIoregArchive(whole).records;
    const driver = root?.children[0]?.children[0]?.children[0];
    assert.deepEqual(driver?.inheritance, ['IORegistryEntry', 'IOService', 'TurbineDriver']);
  });

  it('gives the objects that were asked for, with their own properties and no others', () => {
    const [first, second] = parseIoregArchive(objects).records;
    assert.deepEqual([...(first?.properties ?? [])].sort(), [
      [
        'Blades',
        {
          dictionary: new Map<string, unknown>([
            ['count', 12n],
            ['names', ['a, b', 'c']],
            ['spare', { dictionary: new Map() }],
          ]),
        },
      ],
      ['IOUserClientCreator', 'pid 587, turbine & <ctl>'],
      ['IOUserClientDefaultLocking', true],
      ['Load', { raw: '0.75' }],
      ['Mask', 18446744073709551615n],
      ['Modes', []],
      ['reg', new Uint8Array([0, 255, 16])],
    ]);
    assert.equal(second?.id, 0x100000327n);
  });

  for (const [state, registered, matched, active] of [
    [0x1e, true, true, true],
    [0x2, true, false, true],
    [0x1, false, false, false],
    [0x0, false, false, true],
  ] as const)
    it(`state ${state} is read bit by bit`, () => {
      const text = build([{ IOObjectClass: 'A', IOServiceState: state }]);
      assert.partialDeepStrictEqual(parseIoregArchive(text).records, [{ name: 'A', registered, matched, active }]);
    });

  it('is empty where nothing matched', () => {
    assert.deepEqual(parseIoregArchive('\n'), { records: [], recordLines: 0, notices: [], notUnderstood: [] });
  });

  it('may follow another, a prompt and a shim’s notice', () => {
    const { records, notices, notUnderstood } = parseIoregArchive(`mac$ ioreg -a\n${whole}${objects}`);
    assert.deepEqual([records.length, notices, notUnderstood], [3, ['mac$ ioreg -a'], []]);
  });

  it('cut anywhere gives no object, and nothing of it is lost', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - '</plist>\n'.length), length => {
        const text = whole.slice(0, length);
        const { records, recordLines, notices, notUnderstood } = parseIoregArchive(text);
        const kept = [...notices, ...notUnderstood.filter(({ line }) => line > 0).map(({ text }) => text)];
        assert.deepEqual([records, recordLines], [[], 0]);
        assert.deepEqual(
          kept,
          linesOf(text).map(({ text }) => text),
        );
      }),
    );
  });

  it('that is cut off is not understood, and says first what is missing', () => {
    for (const end of [whole.length - 9, Math.floor(whole.length / 2), whole.indexOf('<dict>')]) {
      const { records, notUnderstood } = parseIoregArchive(whole.slice(0, end));
      assert.deepEqual(records, []);
      const [remark, first] = notUnderstood;
      assert.equal(remark?.line, 0);
      assert.match(remark?.text ?? '', /^not a whole I\/O Registry archive: .+ \(line \d+\)$/);
      assert.deepEqual(first, { line: 3, text: '<plist version="1.0">' });
    }
  });

  it('that is none is not understood', () => {
    const { notUnderstood } = parseIoregArchive('+-o Root  <class IORegistryEntry, id 0x1, retain 14>\n');
    assert.deepEqual(
      notUnderstood.map(({ line }) => line),
      [0, 1],
    );
    assert.equal(notUnderstood[0]?.text, 'not an I/O Registry archive: it has no <plist>');
  });

  it('of something else is not understood', () => {
    const { records, notUnderstood } = parseIoregArchive(build({ CFBundleIdentifier: 'org.sample' }));
    assert.deepEqual(records, []);
    assert.equal(notUnderstood[0]?.text, 'not a whole I/O Registry archive: its entries have no IOObjectClass');
  });
});

describe('a property of an object in an archive', () => {
  const leaf: fc.Arbitrary<PlistValue> = fc.oneof(
    fc.string().map(text => text.replaceAll('\r', '')),
    fc.boolean(),
    fc.integer(),
    fc.uint8Array(),
  );
  const value = fc.letrec<{ value: PlistValue }>(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.stringMatching(/^[\w <&>"']+$/), tie('value'), { maxKeys: 4 }),
    ),
  })).value;

  it('that a writer of such lists wrote is read back', () => {
    fc.assert(
      fc.property(value, written => {
        assert.deepEqual(
          propertyOf(build({ IOObjectClass: 'A', p: written }, { pretty: false })),
          propertyValueOf(written),
        );
      }),
    );
  });

  it('keeps all 64 bits of a number, signed, unsigned or in hexadecimals', () => {
    const numbers = ['18446744073709551615', '-9223372036854775808', '+7', '0xff', '0042', ' 12345 '];
    const text = numbers.map(number => `<integer>${number}</integer>`).join('');
    assert.deepEqual(propertyOf(archiveOf(`<array>${text}</array>`)), [
      18446744073709551615n,
      -9223372036854775808n,
      7n,
      255n,
      42n,
      12345n,
    ]);
  });

  it('has its entities, references to characters, comments and CDATA read', () => {
    const text = '<!-- c --><string>&lt;&#65;&#x42;&amp;lt;<![CDATA[<x>&amp;]]><!-- c --></string>';
    assert.equal(propertyOf(archiveOf(text)), '<AB&lt;<x>&amp;');
  });

  it('may hold a control character, as ioreg writes it', () => {
    assert.equal(propertyOf(archiveOf('<string>Pump\u0001\u0000</string>')), 'Pump\u0001\u0000');
  });

  for (const [property, problem] of [
    ['<integer>twelve</integer>', '"twelve" is no integer'],
    ['<integer></integer>', '"" is no integer'],
    ['<dict><key>a</key></dict>', 'the key "a" has no value'],
    ['<dict><key>a</key><key>b</key></dict>', 'a key where a value belongs'],
    ['<array><key>a</key></array>', 'a key where a value belongs'],
    ['<dict><true/></dict>', 'a value without a key'],
    ['<array></dict>', 'unexpected close tag'],
    ['<colour/>', '<colour> is no element of a property list'],
    ['word', '"word" where an element belongs'],
    ['<string>a<true/></string>', 'an element inside <string>'],
    ['<data>?</data>', '<data> is not in base 64'],
    ['<string>&pump;</string>', 'undefined entity'],
    ['<plist><true/></plist>', 'an element inside <plist>'],
    ['<array>'.repeat(100_000), 'nested too deeply'],
  ] as const)
    it(`is none: ${property.slice(0, 60)}`, () => {
      const { records, notUnderstood } = parseIoregArchive(`\n${archiveOf(property)}`);
      assert.deepEqual(records, []);
      assert.equal(notUnderstood[0]?.text, `not a whole I/O Registry archive: ${problem} (line 2)`);
    });

  it('grows by no entity that the document declares', () => {
    const bomb = `<!DOCTYPE plist [<!ENTITY a "${'a'.repeat(100)}"><!ENTITY b "&a;&a;&a;&a;">]>`;
    const { records, notUnderstood } = parseIoregArchive(`${bomb}\n${archiveOf('<string>&b;&b;</string>')}`);
    assert.deepEqual([records.length, notUnderstood.length], [0, 2]);
    assert.match(notUnderstood[0]?.text ?? '', /undefined entity/);
  });
});

describe('ioreg', () => {
  it('asks for the whole tree without properties, or for the objects of one class with them', () => {
    assert.deepEqual([ioregArchive().tool, ioregArchive().argv], ['ioreg', ['-a', '-i']]);
    assert.deepEqual(ioregObjects('TurbineRotor').argv, ['-a', '-i', '-r', '-c', 'TurbineRotor']);
    assert.throws(() => ioregObjects('-l'), RangeError);
  });

  it('answers with nothing only where nothing is an answer', () => {
    assert.deepEqual(ioregObjects('TurbineRotor').parse(said({})), []);
    assert.throws(() => ioregArchive().parse(said({})), UnknownToolText);
    assert.throws(() => ioregArchive().parse(said({ stdout: whole.slice(0, 900) })), UnknownToolText);
    assert.equal(ioregArchive().parse(said({ stdout: whole })).length, 1);
  });
});

function propertyValueOf(value: PlistValue): PropertyValue {
  if (typeof value === 'number') return BigInt(value);
  if (Array.isArray(value)) return value.map(propertyValueOf);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null || value instanceof Date)
    return value as PropertyValue;
  return { dictionary: new Map(Object.entries(value).map(([key, item]) => [key, propertyValueOf(item)])) };
}

function archiveOf(property: string): string {
  return `<plist><dict><key>IOObjectClass</key><string>A</string><key>p</key>${property}</dict></plist>`;
}

function propertyOf(archive: string): PropertyValue | undefined {
  const { records, notUnderstood } = parseIoregArchive(archive);
  assert.deepEqual(notUnderstood, []);
  return records[0]?.properties.get('p');
}
