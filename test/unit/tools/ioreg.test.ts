import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { everyEntry, type RegistryEntry } from '../../../src/model/registryEntry.ts';
import { parseIoregTree } from '../../../src/tools/ioreg.ts';
import { parsers } from '../../../src/tools/parsers.ts';
import { readPropertyValue } from '../../../src/tools/registry/propertyValueText.ts';
import { unknownNode } from '../../../src/tools/registry/registryNode.ts';
import { capture } from './captures.ts';

const outline = (entry: RegistryEntry): unknown =>
  entry.children.length === 0 ? entry.name : [entry.name, ...entry.children.map(outline)];
const node = (text: string) => parseIoregTree(text).records[0] ?? assert.fail(`no object in ${text}`);

describe('a tree of ioreg', () => {
  it('keeps who is below whom', () => {
    const { records, notUnderstood } = parseIoregTree(capture('ioreg-held-open'));
    assert.deepEqual(notUnderstood, []);
    assert.deepEqual(records.map(outline), [
      ['Root', ['Sample Board,2', ['turbine0', ['TurbineDriver', 'TurbineUserClient']], 'boiler@one']],
    ]);
  });

  it('gives an object’s state', () => {
    const [root] = parseIoregTree(capture('ioreg-held-open')).records;
    const driver = root?.children[0]?.children[0]?.children[0];
    const { children: _, ...state } = driver ?? assert.fail();
    assert.deepEqual(state, {
      id: 0x10000031fn,
      name: 'TurbineDriver',
      location: undefined,
      className: 'TurbineDriver',
      inheritance: undefined,
      registered: false,
      matched: false,
      active: false,
      busy: 1,
      retain: 9,
      properties: new Map(),
    });
  });

  it('has no state words for what is no service', () => {
    const root = node(capture('ioreg-held-open'));
    assert.deepEqual([root.registered, root.active, root.busy, root.retain], [undefined, undefined, undefined, 14]);
  });

  it('may be several trees, with properties and superclasses', () => {
    const { records, notUnderstood } = parseIoregTree(capture('ioreg-properties'));
    assert.deepEqual(notUnderstood, []);
    assert.deepEqual(records.map(outline), [['TurbineUserClient', 'TurbineLease'], 'TurbineUserClient']);
    const [client, other] = records;
    assert.deepEqual(client?.inheritance, ['IORegistryEntry', 'IOService', 'IOUserClient', 'TurbineUserClient']);
    assert.deepEqual([client?.className, client?.children[0]?.retain], ['TurbineUserClient', 5]);
    assert.equal(other?.properties.get('IOUserClientCreator'), 'pid 588, turbined');
    assert.deepEqual([...(client?.children[0]?.properties ?? [])], []);
    assert.deepEqual(
      [...(client?.properties ?? [])],
      [
        ['IOUserClientCreator', 'pid 587, turbine ctl'],
        ['IOUserClientDefaultLocking', true],
        ['Speeds', [1n, 20n, 0x12cn]],
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
        ['reg', new Uint8Array([0, 255, 16])],
        ['compatible', ['turbine,one', 'turbine']],
        ['modes', ['slow', 'fast']],
        ['IOGeneralInterest', 'IOCommand is not serializable'],
        ['Load', { raw: '0.75' }],
        ['Mask', 18446744073709551615n],
      ],
    );
  });

  it('cut at the terminal’s width gives only what stood there whole', () => {
    const [root] = parseIoregTree(capture('ioreg-clipped')).records;
    const driver = root?.children[0];
    assert.deepEqual(
      [driver?.id, driver?.registered, driver?.matched, driver?.retain],
      [0x10000031fn, true, undefined, undefined],
    );
    assert.equal(driver?.properties.get('IOClass'), 'TurbineDriver');
    assert.deepEqual(driver?.properties.get('Note'), { raw: '"a long text that the terminal\'s width cut o$' });
  });

  for (const [text, name, className, more = {}] of [
    ['+-o TurbineUserClient  <class TurbineUs$', 'TurbineUserClient', 'TurbineUs…'],
    ['+-o TurbineUserClient  <class $', 'TurbineUserClient', '…'],
    ['+-o TurbineUserClient  <cla$', 'TurbineUserClient', '…'],
    ['+-o TurbineUserClient  $', 'TurbineUserClient', '…'],
    ['+-o TurbineUser$', 'TurbineUser…', '…'],
    ['+-o Big Key, $', 'Big Key,…', '…'],
    ['+-o $', '…', '…'],
    ['+-o$', '…', '…'],
    ['+$', '…', '…'],
    ['+-o turbine@1F,$', 'turbine', '…', { location: '1F,…' }],
    ['+-o A  <class OSObject : IOServ$', 'A', 'IOServ…', { inheritance: ['OSObject', 'IOServ…'] }],
    ['+-o A  <class IOService:$', 'A', '…', { inheritance: ['IOService', '…'] }],
  ] as const)
    it(`cut inside the class or before it keeps what stood there: ${text}`, () => {
      const { records, notUnderstood } = parseIoregTree(`${text}\n`);
      assert.deepEqual(notUnderstood, []);
      assert.deepEqual(records, [{ ...unknownNode, name, className, ...more, properties: new Map(), children: [] }]);
    });

  it('cut at a narrow width keeps who is below whom, and whose each property is', () => {
    const { records, notUnderstood } = parseIoregTree(capture('ioreg-cut-narrow'));
    assert.deepEqual(notUnderstood, []);
    assert.deepEqual(records.map(outline), [
      ['Root', ['turbine0', ['TurbineDriver', ['TurbineUserClient', 'TurbineLease…'], '…'], 'boiler']],
    ]);
    const properties = [...everyEntry(records)].flatMap(each => (each.properties.size > 0 ? [each] : []));
    assert.deepEqual(
      properties.map(({ name, properties: own }) => [name, [...own]]),
      [
        [
          'TurbineUserClient',
          [
            ['IOUserClientCreator', { raw: '"pid 587, turbi$' }],
            ['IOUserClientDefaultLockin…', { raw: '$' }],
          ],
        ],
        ['boiler', [['IOClass', 'Boiler']]],
      ],
    );
  });

  for (const [text, name, location] of [
    ['+-o turbine0@1F,2  <class A, id 0x1, retain 1>', 'turbine0', '1F,2'],
    ['+-o boiler@one@3  <class A, id 0x1, retain 1>', 'boiler@one', '3'],
    ['+-o a@ b  <class A, id 0x1, retain 1>', 'a@ b', undefined],
    ['+-o Big Key, Small@0  <class A, id 0x1, retain 1>', 'Big Key, Small', '0'],
    ['+-o /  <class A, id 0x1, retain 1>', '/', undefined],
  ] as const)
    it(`names ${text}`, () => assert.deepEqual([node(text).name, node(text).location], [name, location]));

  for (const [what, text, expected] of [
    [
      'without an id, before 10.6',
      '+-o A  <class A, registered, matched, active, busy 0, retain 7>',
      { id: undefined, retain: 7 },
    ],
    [
      'without a retain count',
      '+-o A  <class A, id 0x5, registered, matched, active, busy 0 (2 ms)>',
      { id: 5n, retain: undefined },
    ],
    [
      'with a spaced chain',
      '+-o A  <class OSObject : IOService : A, id 0x5>',
      { className: 'A', inheritance: ['OSObject', 'IOService', 'A'] },
    ],
    [
      'that has not gone',
      '+-o A  <class A, id 0x5, !registered, !matched, inactive, busy 1>',
      { active: false, busy: 1 },
    ],
  ] as const)
    it(`reads an object ${what}`, () => assert.partialDeepStrictEqual(node(text), expected));

  it('joins an object that a book wrapped', () => {
    const text =
      '+-o A  <class A, id 0x5, registered, matched, active,\n busy 0 (9 ms), retain 5>\n  +-o B  <class B, id 0x6, \nretain 4>\n';
    const { records, notUnderstood } = parseIoregTree(text);
    assert.deepEqual(notUnderstood, []);
    assert.partialDeepStrictEqual(records, [{ busy: 0, retain: 5, children: [{ name: 'B', retain: 4 }] }]);
  });

  it('takes an object with an unknown word for not understood', () => {
    const text = '+-o A  <class A, id 0x5, sleepy, retain 5>';
    assert.deepEqual(parseIoregTree(text).notUnderstood, [{ line: 1, text }]);
  });

  it('may start inside an object that stands on no line', () => {
    const { records, notices, notUnderstood } = parseIoregTree(
      '  |   "IOClass" = "A"\n  | }\n  |\n  +-o B  <class B, id 0x6, retain 4>\n',
    );
    assert.deepEqual([notices, notUnderstood], [[], []]);
    assert.deepEqual(
      records.map(({ name, className, properties }) => [name, className, properties.get('IOClass')]),
      [
        ['…', '…', 'A'],
        ['B', 'B', undefined],
      ],
    );
  });

  it('of which grep left one property is as many objects as have it', () => {
    const { records, notices } = parseIoregTree(
      '    | |   "IOUserClientCreator" = "pid 587, turbinectl"\n      "IOUserClientCreator" = "pid 588, turbined"\n',
    );
    assert.deepEqual(notices, []);
    assert.deepEqual(
      records.map(({ properties }) => properties.get('IOUserClientCreator')),
      ['pid 587, turbinectl', 'pid 588, turbined'],
    );
  });

  it('keeps an object that cannot be read in its place, with its own properties and what is below it', () => {
    const text = [
      '+-o A  <class A, id 0x5, retain 5>',
      '  +-o B  <class B, id 0x6, retain 5>',
      '  +-o TurbineUserClient  <class TurbineUserClient, id 0x9, sleepy, retain 5>',
      '  |   {',
      '  |     "IOUserClientCreator" = "pid 587,',
      'turbine ctl"',
      '  |   }',
      '  | +-o C  <class C, id 0x7, retain 5>',
      '  +-o D  <class D, id 0x8, retain 5>',
    ].join('\n');
    const { records, notices, notUnderstood } = parseIoregTree(text);
    assert.deepEqual(records.map(outline), [['A', 'B', ['…', 'C'], 'D']]);
    const properties = [...everyEntry(records)].map(entry => [entry.name, entry.properties.size]);
    assert.deepEqual(
      properties.filter(([, size]) => size !== 0),
      [['…', 1]],
    );
    assert.deepEqual([notices, notUnderstood.map(({ line }) => line)], [[], [3]]);
  });

  it('keeps the last object, where that cannot be read', () => {
    assert.deepEqual(parseIoregTree('+-o A  <class A, sleepy>\n').records.map(outline), ['…']);
  });

  it('has what ioreg says of its own trouble as a record, and none of it in the registry', () => {
    const text = "ioreg: error: can't obtain properties.";
    const record = { kind: 'ioregFailed', reason: "can't obtain properties.", by: 'tool', line: 1, text };
    for (const tool of ['ioreg', 'ioreg-archive'])
      assert.deepEqual(parsers[tool]?.(`${text}\n`), {
        records: [record],
        recordLines: 1,
        notices: [],
        notUnderstood: [],
      });
    assert.deepEqual(parseIoregTree(`${text}\n`).records, []);
  });

  it('keeps a text of several lines whole', () => {
    const text = '+-o A  <class A, id 0x5, retain 5>\n    {\n      "Note" = "one\ntwo"\n      "More" = 1\n    }\n';
    assert.deepEqual(
      [...node(text).properties],
      [
        ['Note', 'one\ntwo'],
        ['More', 1n],
      ],
    );
  });
});

describe('a property’s value', () => {
  for (const [text, expected] of [
    ['"a "quoted" word"', 'a "quoted" word'],
    ['""', ''],
    ['No', false],
    ['0000000000000000000', 0n],
    ['-5', -5n],
    ['<>', new Uint8Array()],
    ['()', []],
    ['(Yes,"a)b",(1))', [true, 'a)b', [1n]]],
    ['<abc>', { raw: '<abc>' }],
    ['<0g>', { raw: '<0g>' }],
    ['[]', []],
    ['[1,"a",{}]', [1n, 'a', { dictionary: new Map() }]],
    ['<"pump,one","pump">', ['pump,one', 'pump']],
    ['0x7fffffffffffffff', 0x7fffffffffffffffn],
    ['123456789012345678901', { raw: '123456789012345678901' }],
    ['{"a"=1', { raw: '{"a"=1' }],
    ['(1,2', { raw: '(1,2' }],
    ['< .. >', { raw: '< .. >' }],
    ['(1)x', { raw: '(1)x' }],
  ] as const)
    it(text, () => assert.deepEqual(readPropertyValue(text), expected));

  it('nested without end keeps its text', () => {
    const text = '('.repeat(100_000);
    assert.deepEqual(readPropertyValue(text), { raw: text });
  });
});
