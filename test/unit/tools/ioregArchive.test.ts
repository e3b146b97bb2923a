import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { build, type PlistValue } from 'plist';
import type { PropertyValue, RegistryEntry } from '../../../src/model/registryEntry.ts';
import { parseIoregTree } from '../../../src/tools/ioreg.ts';
import { ioregArchive, ioregObjects, parseIoregArchive } from '../../../src/tools/ioregArchive.ts';
import { readPropertyListXml } from '../../../src/tools/propertyListXml.ts';
import { UnknownToolText } from '../../../src/tools/toolErrors.ts';
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

describe('a property list', () => {
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
        const text = build(written, { pretty: false });
        const start = text.indexOf('<plist');
        assert.deepEqual(readPropertyListXml(text, start), { value: propertyValueOf(written), end: text.length });
      }),
    );
  });

  it('cut anywhere is a problem, never half a value', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - '</plist>\n'.length), length => {
        const start = whole.indexOf('<plist');
        const read = readPropertyListXml(whole.slice(0, Math.max(start, length)), start);
        assert.ok('problem' in read);
      }),
    );
  });

  for (const [text, problem] of [
    ['<plist><integer>twelve</integer></plist>', '"twelve" is no integer'],
    ['<plist><dict><key>a</key></dict></plist>', 'the key "a" has no value'],
    ['<plist><dict><true/></dict></plist>', 'a value without a key'],
    ['<plist><array></dict></plist>', '</dict> closes nothing'],
    ['<plist><colour/></plist>', '<colour> is no element of a property list'],
    ['<plist>word</plist>', '"word</plist>" where an element belongs'],
    ['<plist><data>?</data></plist>', '<data> is not in base 64'],
    ['<plist/>', '<plist> does not hold one value'],
    [`<plist>${'<array>'.repeat(100_000)}`, 'nested too deeply'],
  ] as const)
    it(`is none: ${text.slice(0, 60)}`, () => assert.partialDeepStrictEqual(readPropertyListXml(text, 0), { problem }));

  it('keeps all 64 bits of a number, signed, unsigned or in hexadecimals', () => {
    const text =
      '<plist><array><integer>18446744073709551615</integer><integer>-9223372036854775808</integer><integer>0xff</integer></array></plist>';
    assert.partialDeepStrictEqual(readPropertyListXml(text, 0), {
      value: [18446744073709551615n, -9223372036854775808n, 255n],
    });
  });

  it('has its entities, references to characters, comments and CDATA read', () => {
    const text = '<plist><!-- c --><string>&lt;&#65;&#x42;&amp;lt;<![CDATA[<x>&amp;]]></string></plist>';
    assert.partialDeepStrictEqual(readPropertyListXml(text, 0), { value: '<AB&lt;<x>&amp;' });
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
