import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseKextcache } from '../../../src/tools/kextcache.ts';
import { parseKextlibs } from '../../../src/tools/kextlibs.ts';
import { capture } from './captures.ts';

describe('What kextlibs says', () => {
  it('is told for each architecture', () => {
    const { records } = parseKextlibs(capture('kextlibs-per-architecture'));
    assert.deepEqual(
      records.flatMap(record => (record.kind === 'library' ? [[record.of, record.library, record.version]] : [])),
      [
        ['i386', 'com.apple.kpi.bsd', '13.4'],
        ['x86_64', 'com.apple.kpi.bsd', '13.4'],
        ['x86_64', 'com.apple.kpi.libkern', '13.4'],
      ],
    );
  });

  it('names the symbols where they are listed, and where they were found', () => {
    const { records } = parseKextlibs(capture('kextlibs-per-architecture'));
    const symbols = records.flatMap(record => (record.kind === 'symbols' ? [record] : []));
    assert.deepEqual(
      symbols.map(({ of, found, count, symbols, libraries }) => [of, found, count, symbols.length, libraries.length]),
      [
        ['i386', 'once', 12, 0, 0],
        ['i386', 'nowhere', 1, 1, 0],
        ['x86_64', 'once', 2, 2, 0],
        ['x86_64', 'severalTimes', 1, 1, 0],
        ['x86_64', 'severalTimes', undefined, 0, 2],
      ],
    );
    assert.deepEqual(symbols[3]?.symbols, [
      {
        symbol: '_gear_turn',
        foundIn: [
          { path: '/Library/Extensions/My Gear.kext', version: '2.0' },
          { path: '/Library/Extensions/Winch.kext', version: '1.0.0' },
        ],
      },
    ]);
  });

  for (const [what, text, expected] of [
    ['one symbol', '    1 symbol not found in any library kext.', { found: 'nowhere', count: 1, symbols: [] }],
    ['no full stop, as in 10.5', '3 symbols not found in any library kext', { found: 'nowhere', count: 3 }],
    [
      'a copy that made blanks of the tabs, and C++',
      '    2 symbols not found in any library kext:\n        _gear_turn\n        Rotor::spin(int, int) const',
      { count: 2, symbols: [{ symbol: '_gear_turn' }, { symbol: 'Rotor::spin(int, int) const' }] },
    ],
    [
      'a list that was cut',
      '    3 symbols not found in any library kext:\n\t_gear_turn\nFor x86_64:',
      { count: 3, symbols: [{ symbol: '_gear_turn' }] },
    ],
  ] as const)
    it(`counts symbols with ${what}`, () => {
      const { records, notUnderstood } = parseKextlibs(text);
      assert.deepEqual(notUnderstood, []);
      assert.partialDeepStrictEqual(records[0], { kind: 'symbols', ...expected });
    });

  it('is a piece of an Info.plist with -xml, the prose of the other stream behind it', () => {
    const { records } = parseKextlibs(capture('kextlibs-xml-per-architecture'));
    assert.partialDeepStrictEqual(records, [
      {
        kind: 'fragment',
        property: 'OSBundleLibraries_x86_64',
        libraries: new Map([
          ['com.apple.kpi.iokit', '17.5'],
          ['com.apple.kpi.libkern', '17.5'],
        ]),
      },
      { kind: 'architecture', architecture: 'x86_64' },
      { kind: 'symbols', count: 1, symbols: [{ symbol: '_turbine_spin' }] },
    ]);
  });

  it('names the libraries of no architecture where the streams stand apart', () => {
    const apart =
      '    com.apple.kpi.bsd = 13.4\nFor i386:\n\nFor x86_64:\n    1 symbol not found in any library kext.\n';
    const [library, , , symbols] = parseKextlibs(apart).records;
    assert.deepEqual([library?.of, symbols?.of], [undefined, 'x86_64']);
  });

  it('may be that there is nothing to name', () => {
    const { records, notUnderstood } = parseKextlibs(capture('kextlibs-none'));
    assert.deepEqual(notUnderstood, []);
    assert.partialDeepStrictEqual(records, [
      { kind: 'allArchitectures' },
      { kind: 'noLibraries' },
      { kind: 'libraryWithoutExecutable', what: 'Gear.kext' },
    ]);
  });
});

describe('What kextcache says', () => {
  it('names what it built and what it left out', () => {
    const { records, notUnderstood } = parseKextcache(capture('kextcache-system-prelinked'));
    assert.deepEqual(notUnderstood, []);
    assert.partialDeepStrictEqual(records, [
      { kind: 'slice', architecture: 'x86_64' },
      { kind: 'signatureAllowed', status: -67062, what: 'Turbine.kext' },
      { kind: 'kextKept', what: '/Library/Extensions/My Winch.kext' },
      { kind: 'kextOmitted', what: '/Library/Extensions/Gear.kext' },
      { kind: 'created', file: '/System/Library/PrelinkedKernels/prelinkedkernel' },
    ]);
  });

  for (const [text, expected] of [
    ['kextcache -Boot -U /', { kind: 'command', arguments: '-Boot -U /' }],
    [
      'rebuilding //System/Library/Caches/kernelcache',
      { kind: 'rebuilding', what: '//System/Library/Caches/kernelcache' },
    ],
    [
      'kext org.sample.driver.Turbine  101009000 is in exception list, allowing to load',
      { kind: 'exceptionAllowed', kext: 'org.sample.driver.Turbine', version: '101009000' },
    ],
    ['kmutil done', { kind: 'done' }],
  ] as const)
    it(text, () => assert.partialDeepStrictEqual(parseKextcache(text).records, [{ ...expected, text }]));
});
