import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ioclasscount, parseIoclasscount } from '../../../src/tools/ioclasscount.ts';
import { parsers } from '../../../src/tools/parsers.ts';
import { UnknownToolText } from '../../../src/tools/port/toolErrors.ts';
import { capture } from './captures.ts';
import { said } from './said.ts';

describe('counts of classes', () => {
  it('stand one on a line where every class was asked for', () => {
    assert.deepEqual(parseIoclasscount(capture('ioclasscount-all')).records, [
      { name: 'IOService', instances: 214 },
      { name: 'OSObject', instances: 388 },
      { name: 'TurbineBlade', instances: 12 },
      { name: 'TurbineDriver', instances: 0 },
      { name: 'TurbineRotor', instances: 1 },
    ]);
  });

  it('stand on one line where classes were named; missing, over-released and unreadable ones are told apart', () => {
    assert.deepEqual(parseIoclasscount(capture('ioclasscount-named')).records, [
      { name: 'TurbineRotor', instances: 1 },
      { name: 'TurbineGhost', instances: undefined },
      { name: 'TurbineBlade', instances: -1 },
      { name: 'TurbineDriver', instances: undefined, unreadable: true },
    ]);
  });

  for (const [printed, instances] of [
    ['2147483647', 2147483647],
    ['4294967295', -1],
    ['18446744073709551614', -2],
    ['-3', -3],
  ] as const)
    it(`${printed} is ${instances}`, () =>
      assert.deepEqual(parseIoclasscount(`Rotor = ${printed}\n`).records, [{ name: 'Rotor', instances }]));

  for (const [text, said] of [
    ["Error: Can't get registry root.", { kind: 'countsMissing' }],
    ["Error: Can't read registry root properties.", { kind: 'countsMissing' }],
    ['Error: Allocation information missing.', { kind: 'countsMissing' }],
    ['Error: Class information missing.', { kind: 'countsMissing' }],
    [
      'open IOKitDiagnosticsClient (0xe00002c7), need DEVELOPMENT kernel',
      { kind: 'otherKernelNeeded', client: 'IOKitDiagnosticsClient', code: 0xe00002c7 },
    ],
    [
      'method 0x2 tracking (0xe00002c7), check boot-arg io=0x00400000',
      {
        kind: 'bootArgumentNeeded',
        selector: 2,
        method: 'tracking',
        code: 0xe00002c7,
        bootArgument: 'io=0x00400000',
      },
    ],
  ] as const)
    it(`are not there where the kernel has none to give, which is said: ${text}`, () => {
      const records = [{ ...said, by: 'tool', line: 1, text }];
      assert.deepEqual(parsers.ioclasscount?.(text), { records, recordLines: 1, notices: [], notUnderstood: [] });
      assert.deepEqual(parseIoclasscount(text).records, []);
    });

  for (const text of [
    'Rotor = 1 and more',
    'Rotor =',
    '= 4',
    'Rotor = 1, , Blade = 2',
    'Rotor = 123456789012345678901',
    'Rotor = 1 Blade = 2',
  ])
    it(`are not in "${text}"`, () =>
      assert.deepEqual(parseIoclasscount(text), {
        records: [],
        recordLines: 0,
        notices: [],
        notUnderstood: [{ line: 1, text }],
      }));
});

describe('ioclasscount', () => {
  it('gives the registered classes', () => {
    const command = ioclasscount(['TurbineRotor', 'TurbineGhost']);
    assert.deepEqual(
      [command.tool, command.argv, command.asRoot],
      ['ioclasscount', ['TurbineRotor', 'TurbineGhost'], false],
    );
    const counts = command.parse(said({ stdout: 'TurbineRotor = 2, TurbineGhost = <no such class>\n' }));
    assert.deepEqual([...counts], [['TurbineRotor', 2]]);
    assert.deepEqual(ioclasscount().argv, []);
  });

  it('is given no option for a class', () => {
    for (const name of ['--track', '', 'a b', '$(id)']) assert.throws(() => ioclasscount([name]), RangeError);
  });

  it('speaks an unknown language where no count can be read', () => {
    const output = said({ stderr: "Error: Can't get registry root.\n", exitCode: 71 });
    assert.throws(() => ioclasscount().parse(output), UnknownToolText);
  });
});
