import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { swVers } from '../../../src/tools/swVers.ts';
import { bootTime } from '../../../src/tools/sysctl.ts';
import { UnknownToolText } from '../../../src/tools/toolErrors.ts';
import { said } from './said.ts';

describe('sw_vers', () => {
  for (const [stdout, expected] of [
    ['ProductName:\tMac OS X\nProductVersion:\t10.15.7\nBuildVersion:\t19H2026\n', ['Mac OS X', '10.15.7', '19H2026']],
    [
      'ProductName:\t\tmacOS\nProductVersion:\t\t13.4.1\nProductVersionExtra:\t(c)\nBuildVersion:\t\t22F770820d\n',
      ['macOS', '13.4.1', '22F770820d'],
    ],
    ['ProductVersion: 11.0\n', ['macOS', '11.0', undefined]],
  ] as const)
    it(`says ${expected.join(' ')}`, () => {
      const { productName, version, build } = swVers().parse(said({ stdout }));
      assert.deepEqual([productName, version, build], expected);
    });

  it('without a version is an unknown language', () => {
    assert.throws(() => swVers().parse(said({ stdout: 'ProductName: macOS\n' })), UnknownToolText);
  });
});

describe('the time of the last start', () => {
  for (const stdout of [
    '{ sec = 1606230384, usec = 0 } Tue Nov 24 16:06:24 2020\n',
    '{ sec = 1606230384, usec = 614 } Di 24 Nov 16:06:24 2020\n',
    'kern.boottime: { sec = 1606230384, usec = 0 } Tue Nov 24 16:06:24 2020\n',
  ])
    it(stdout.trim(), () => assert.equal(bootTime().parse(said({ stdout })), 1606230384));

  it('is asked for by name, and nothing else is an answer', () => {
    assert.deepEqual(bootTime().argv, ['-n', 'kern.boottime']);
    assert.throws(() => bootTime().parse(said({ stdout: "sysctl: unknown oid 'kern.boottime'\n" })), UnknownToolText);
  });
});
