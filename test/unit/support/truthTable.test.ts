import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callName, systemsIn, systemsOfInterest, truthTable, truthText } from '../../support/truthTable.ts';

const kextstat = { tool: 'kextstat', argv: [] };

describe('what was seen for real', () => {
  it('a system is told from any description of one', () => {
    const rows: readonly (readonly [string, readonly string[]])[] = [
      ['10.14.5 (18F132)', ['10.14']],
      ['13.6', ['13']],
      ['26.0.1', ['26']],
      ['11-12', ['11', '12']],
      ['10.14/10.15', ['10.14', '10.15']],
      ['10.6, 32 bits', ['10.6']],
      ['10.13 - 10.15', ['10.13', '10.14', '10.15']],
      ['10.5 era', []],
      ['none: Debian, clang 14', []],
      ['unknown', []],
    ];
    for (const [macos, systems] of rows) assert.deepEqual(systemsIn(macos), systems, macos);
    assert.deepEqual(systemsIn('10.6-26'), systemsOfInterest);
  });

  it('calls are the same that differ only in what they ask about', () => {
    const call = (tool: string, ...argv: readonly string[]) => callName({ tool, argv });
    assert.equal(call('ioreg-archive', '-a', '-i', '-r', '-c', 'A'), call('ioreg', '-r', '-c', 'B', '-a', '-i'));
    assert.equal(call('kextload', '/a.kext'), call('kextload', '/b.kext'));
    assert.notEqual(call('kextstat', '-l'), call('kextstat'));
    assert.notEqual(call('ioclasscount'), call('ioclasscount', 'A'));
    assert.notEqual(call('sysctl', '-n', 'kern.boottime'), call('sysctl', '-n', 'hw.machine'));
    assert.equal(call('kmutil-showloaded', 'showloaded'), 'kmutil showloaded');
  });

  it('the best evidence counts, and only of the same call and system', () => {
    const evidence = [
      { ...kextstat, macos: '10.15', origin: 'rebuilt' },
      { ...kextstat, macos: '10.15.7', origin: 'recorded' },
      { ...kextstat, macos: '10.9', origin: 'rebuilt' },
      { tool: 'kextstat', argv: ['-l'], macos: '10.14', origin: 'recorded' },
      { ...kextstat, macos: '13', origin: 'simulated' },
    ] as const;
    const [row] = truthTable([kextstat, kextstat], evidence, ['10.15', '15']);
    const seen = systemsOfInterest.flatMap((system, at) =>
      row?.seen[at] === 'never' ? [] : [`${system} ${row?.seen[at]}`],
    );
    assert.deepEqual(seen, ['10.9 rebuilt', '10.15 recorded', '13 simulated', '15 simulated']);
  });

  it('what was never seen for real stands at the end, what was seen everywhere does not', () => {
    const everywhere = { tool: 'sw_vers', argv: [], macos: '10.6-26', origin: 'recorded' } as const;
    const some = { ...kextstat, macos: '10.6-15', origin: 'recorded' } as const;
    const calls = [kextstat, everywhere, { tool: 'ps', argv: ['-axo'] }];
    const text = truthText(truthTable(calls, [everywhere, some], []));
    assert.equal(text.split('Never seen for real:\n')[1], '  kextstat: 26\n  ps -axo: on no system');
  });
});
