import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isShimmed, kmutilArguments } from '../../../src/simulator/tools/kextShim.ts';

describe('What a classic tool hands over to kmutil', () => {
  const table = [
    ['kextload', ['/tmp/A B.kext'], 'load -p /tmp/A B.kext'],
    ['kextload', ['-b', 'org.a', '-v', '6'], 'load -b org.a'],
    ['kextutil', ['-t', '/tmp/A.kext'], 'load --bundle-path /tmp/A.kext'],
    ['kextunload', ['-b', 'org.a', '/tmp/A.kext'], 'unload -b org.a -p /tmp/A.kext'],
    ['kextunload', ['-v', '0x4ff', '-b', 'org.a'], 'unload -b org.a'],
    ['kextstat', [], 'showloaded'],
    [
      'kextstat',
      ['-k', '-l', '-b', 'org.a'],
      'showloaded --no-kernel-components --list-only --bundle-identifier org.a',
    ],
  ] as const;
  for (const [tool, argv, handedOver] of table)
    it(`${[tool, ...argv].join(' ')}: ${handedOver}`, () =>
      assert.equal(kmutilArguments(tool, argv)?.join(' '), handedOver));

  it('is nothing where an option is not simulated, or an identifier is missing', () => {
    assert.equal(kmutilArguments('kextunload', ['-c', 'Turbine']), undefined);
    assert.equal(kmutilArguments('kextstat', ['-a']), undefined);
    assert.equal(kmutilArguments('kextload', ['-b']), undefined);
  });

  it('concerns the kext tools alone', () => {
    assert.deepEqual(['kextload', 'kextunload', 'kextutil', 'kextstat', 'kmutil', 'ioreg', 'log'].filter(isShimmed), [
      'kextload',
      'kextunload',
      'kextutil',
      'kextstat',
    ]);
  });
});
