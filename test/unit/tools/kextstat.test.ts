import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readKextRow } from '../../../src/tools/kext/kextRow.ts';
import { kextstat, parseKextstat } from '../../../src/tools/kextstat.ts';
import { UnknownToolText } from '../../../src/tools/port/toolErrors.ts';
import { capture } from './captures.ts';
import { said } from './said.ts';

const row = (text: string) => {
  const { records, notUnderstood } = parseKextstat(text);
  assert.deepEqual(notUnderstood, []);
  return records[0] ?? assert.fail('no row');
};

describe('kextstat', () => {
  it('asks without root and gives the rows', () => {
    const command = kextstat();
    assert.deepEqual([command.tool, command.argv, command.asRoot], ['kextstat', [], false]);
    assert.equal(command.parse(said({ stdout: capture('kextstat-10.15') })).length, 6);
  });

  it('speaks an unknown language where no row can be read', () => {
    assert.throws(() => kextstat().parse(said({ stdout: 'kextstat: unrecognized option' })), UnknownToolText);
    assert.throws(() => kextstat().parse(said({ exitCode: 71 })), /kextstat exited with 71/);
  });

  it('takes no half answer of a tool that did not come to its own end', () => {
    const stdout = capture('kextstat-10.15');
    assert.throws(() => kextstat().parse(said({ stdout, timedOut: true })), /gave no answer in time/);
    assert.throws(() => kextstat().parse(said({ stdout, exitCode: null, signal: 'SIGKILL' })), UnknownToolText);
  });
});

describe('rows of kextstat', () => {
  it('give every column', () => {
    const kexts = parseKextstat(capture('kextstat-10.15')).records;
    assert.deepEqual(kexts[4], {
      bundleIdentifier: 'org.sample.driver.Turbine',
      version: '1.4.0d2',
      index: 181,
      references: 1,
      address: 0xffffff7f83a10000n,
      size: 0x7000n,
      wired: 0x7000n,
      architecture: undefined,
      uuid: '5F42A150-704E-324F-A083-9E62BB14E505',
      linkedAgainst: [24, 5, 3, 1],
    });
    assert.equal(kexts[0]?.linkedAgainst, undefined);
    assert.deepEqual([kexts[5]?.uuid, kexts[5]?.wired], [undefined, 0x3000n]);
  });

  it('of systems before 10.11 have no UUID', () => {
    const [, kext] = parseKextstat(capture('kextstat-10.9')).records;
    assert.deepEqual([kext?.version, kext?.uuid, kext?.linkedAgainst], ['1.0.0d1', undefined, [11, 7, 5, 4, 3, 1]]);
  });

  it('of 32-bit kernels are narrower', () => {
    const { records, notices } = parseKextstat(capture('kextstat-10.6-32bit'));
    assert.equal(notices.length, 1);
    assert.deepEqual(
      records.map(({ address, size, wired }) => [address, size, wired]),
      [
        [0x3a2c4000n, 0x6000n, 0x5000n],
        [0x3a2d1000n, 0x3000n, 0x2000n],
      ],
    );
  });

  it('with an architecture keep it, and leave open what the kernel did not say', () => {
    const [unknown, word, pair] = parseKextstat(capture('kextstat-a-unknowns')).records;
    assert.deepEqual(
      [unknown?.index, unknown?.references, unknown?.address, unknown?.architecture, unknown?.uuid],
      [undefined, undefined, undefined, undefined, undefined],
    );
    assert.deepEqual([word?.architecture, word?.bundleIdentifier], ['x86_64', 'org.sample.driver.Sail']);
    assert.deepEqual(word?.linkedAgainst, [5, 3]);
    assert.deepEqual([pair?.architecture, pair?.address, pair?.linkedAgainst], ['0x01000007/0x3', 0n, []]);
  });

  it('come after the shim’s notices', () => {
    const { records, notices } = parseKextstat(capture('kextstat-shim-11'));
    assert.equal(notices.length, 3);
    assert.deepEqual(
      records.map(({ size, linkedAgainst }) => [size, linkedAgainst]),
      [
        [0n, []],
        [0xff9n, [24, 5, 3]],
      ],
    );
  });

  for (const [what, text, expected] of [
    ['no leading blank', '1  119 0x1000 0x10 0x10 org.a (1) <2>', { index: 1, references: 119 }],
    ['blanks behind', '    1    0 0x1000 0x10 0x10 org.a (1) <2>   ', { linkedAgainst: [2] }],
    ['a line ending of Windows', '    1    0 0x1000 0x10 0x10 org.a (1) <2>\r', { linkedAgainst: [2] }],
    ['a dash and capitals in the name', '  1 0 0 0 0 org.a.IOFamily-DCP (1.8.9fc11)', { version: '1.8.9fc11' }],
    [
      'a UUID in small letters',
      '  1 0 0 0 0 org.a (1) 0a1b2c3d-0000-4000-8000-00000000000f',
      { uuid: '0A1B2C3D-0000-4000-8000-00000000000F' },
    ],
  ] as const)
    it(`are read with ${what}`, () => assert.partialDeepStrictEqual(row(text), expected));

  it('that are none are kept with their place', () => {
    assert.deepEqual(parseKextstat('\nIndex Refs\n   1 2 3\n').notUnderstood, [
      { line: 2, text: 'Index Refs' },
      { line: 3, text: '   1 2 3' },
    ]);
  });
});

/** The forms of kextstat_main.c as one pattern: what the scanner does in one pass. */
const pattern =
  /^\s*(\d+|\?\?)\s+(\d+|\?\?)\s+(0x[0-9a-fA-F]+|0|\?{2,4})\s+(0x[0-9a-fA-F]+|0|\?{2,4})\s+(0x[0-9a-fA-F]+|0|\?{2,4})\s+(?:(\S+)\s+)?(\S+) \(([^)]*)\)(?:\s+(no UUID|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}))?(?:\s+<([^<>]*)>)?\s*$/;

describe('the scanner of rows', () => {
  const gap = fc.constantFrom(' ', '  ', '\t', '\u00a0', '', '      ');
  const count = fc.constantFrom('0', '7', '181', '??', '?', '0x1', '');
  const number = fc.constantFrom(
    '0',
    '0x7000',
    '0xFFFFFF7f83a10000',
    '0xfffffffffffffffff',
    '????',
    '??',
    '?????',
    '0x',
    '00',
    '9',
  );
  const word = fc.constantFrom('', 'x86_64', '0x01000007/0x3', '????/????', 'org.sample.Turbine', '????', '(1)');
  const version = fc.constantFrom('(1.4)', '(1 (2)', '()', '(????)', '(1', '1.4');
  const uuid = fc.constantFrom(
    '',
    'no UUID',
    '5F42A150-704E-324F-A083-9E62BB14E505',
    '5f42a150-704e-324f-a083-9e62bb14e505',
    '5F42A150',
  );
  const linked = fc.constantFrom('', '<>', '<24 5 3>', '<?? 5  3 >', '<1 <2>', '<1', '<a1 2b>');
  const row = fc
    .tuple(
      gap,
      count,
      gap,
      count,
      gap,
      number,
      gap,
      number,
      gap,
      number,
      gap,
      word,
      gap,
      word,
      gap,
      version,
      gap,
      uuid,
      gap,
      linked,
      gap,
    )
    .map(parts => parts.join(''));

  it('takes the rows that the pattern takes, and gives what it gives', () => {
    fc.assert(
      fc.property(row, text => {
        const found = pattern.exec(text);
        const kext = readKextRow(text);
        assert.equal(kext === undefined, found === null, text);
        if (found === null || kext === undefined) return;
        const [, index, references, address, size, wired, architecture, name, told, id, list] = found;
        const numberOf = (digits?: string) => (digits?.startsWith('?') ? undefined : digits);
        const wide = (digits?: string) => (numberOf(digits) === undefined ? undefined : BigInt(digits ?? ''));
        assert.deepEqual(kext, {
          bundleIdentifier: name,
          version: told,
          index: numberOf(index) === undefined ? undefined : Number(index),
          references: numberOf(references) === undefined ? undefined : Number(references),
          address: wide(address),
          size: wide(size),
          wired: wide(wired),
          architecture: numberOf(architecture),
          uuid: id === 'no UUID' ? undefined : id?.toUpperCase(),
          linkedAgainst: list
            ?.split(/\s+/)
            .filter(each => /^\d+$/.test(each))
            .map(Number),
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('goes over every blank that a pattern knows', () => {
    const blanks = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(each =>
      /[^\S\n]/.test(each),
    );
    const rows = blanks.map(each => `1 0 0 0 0 org.a (1)${each}no UUID${each}<2${each}3>`.replaceAll('0 ', `0${each}`));
    assert.deepEqual(
      rows.map(text => readKextRow(text)?.linkedAgainst),
      rows.map(() => [2, 3]),
    );
  });

  it('reads one row of many without the others, whatever ends their lines', () => {
    const one = '    1    0 0x1000 0x10 0x10 org.a (1) <2>';
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(one, `${one}\r`, '', '\r', ' ', 'strange', '    2    0 0x1000'), { maxLength: 9 }),
        lines => {
          const { records, recordLines, notices, notUnderstood } = parseKextstat(lines.join('\n'));
          const rows = lines.filter(line => line.startsWith(one));
          assert.deepEqual([records.length, recordLines, notices], [rows.length, rows.length, []]);
          assert.deepEqual(
            notUnderstood.map(({ line, text }) => [line, text]),
            lines.flatMap((line, index) => (line.trim() === '' || line.startsWith(one) ? [] : [[index + 1, line]])),
          );
        },
      ),
    );
  });
});
