import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { integrityProtection, parseCsrutil } from '../../../src/tools/csrutil.ts';
import { UnknownToolText } from '../../../src/tools/port/toolErrors.ts';
import { parsePs, processes } from '../../../src/tools/ps.ts';
import { swVers } from '../../../src/tools/swVers.ts';
import { kernelValues } from '../../../src/tools/sysctl.ts';
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

describe('What the kernel says of itself', () => {
  const values = (stdout: string, stderr = '', exitCode = 0) =>
    kernelValues().parse(said({ stdout, stderr, exitCode }));

  for (const line of [
    'kern.boottime: { sec = 1606230384, usec = 0 } Tue Nov 24 16:06:24 2020\n',
    'kern.boottime: { sec = 1606230384, usec = 614 } Di 24 Nov 16:06:24 2020\n',
    'kern.boottime = { sec = 1606230384, usec = 0 } Tue Nov 24 16:06:24 2020\n',
  ])
    it(`when it started: ${line.trim()}`, () => assert.equal(values(line).bootTime, 1606230384));

  it('is asked for by name, all of it at once', () => {
    assert.deepEqual(kernelValues().argv, [
      'kern.boottime',
      'kern.bootsessionuuid',
      'hw.machine',
      'hw.use_kernelmanagerd',
      'hw.optional.arm64',
    ]);
  });

  const boot = 'kern.boottime: { sec = 7, usec = 0 } Thu Jan  1 00:00:07 1970\n';
  const missing = "sysctl: unknown oid 'hw.use_kernelmanagerd'\nsysctl: unknown oid 'hw.optional.arm64'\n";
  const rosetta = 'hw.machine: x86_64\nhw.use_kernelmanagerd: 1\nhw.optional.arm64: 1\n';
  for (const [name, output, expected] of [
    ['an Intel Mac before macOS 11', [`${boot}hw.machine: x86_64\n`, missing, 1], [7, 'x86_64', undefined]],
    ['Apple silicon', [`${boot}hw.machine: arm64\nhw.use_kernelmanagerd: 1\n`], [7, 'arm64', true]],
    ['Apple silicon to a process that Rosetta translates', [boot + rosetta], [7, 'arm64', true]],
    ['an old kernel of 32 bits', ['kern.boottime: ?\nhw.machine: i386\n', missing, 1], [undefined, 'i386', undefined]],
    ['a system that has the daemon and does not use it', ['hw.use_kernelmanagerd: 0\n'], [undefined, undefined, false]],
  ] as const)
    it(`on ${name}: what it does not know is undefined`, () => {
      const { bootTime, architecture, usesKernelmanagerd } = values(output[0], output[1], output[2]);
      assert.deepEqual([bootTime, architecture, usesKernelmanagerd], expected);
    });

  it('in which session it started: a UUID and nothing else, as it may be missing', () => {
    const uuid = '6A3DB1C5-0F0A-4E2C-9F0E-2D7C8B15A94E';
    const session = (value: string) => values(`${boot}kern.bootsessionuuid: ${value}\n`).bootSession;
    assert.equal(session(uuid), uuid);
    assert.equal(session(uuid.toLowerCase()), uuid);
    for (const other of ['', '1', `${uuid} ${uuid}`, '00000000-0000-0000-0000-000000000000', 'unknown', uuid.slice(1)])
      assert.equal(session(other), undefined, other);
    const told = values(boot, "sysctl: unknown oid 'kern.bootsessionuuid'\n", 1);
    assert.deepEqual([told.bootTime, told.bootSession], [7, undefined]);
  });

  it('is not to be had from an answer without any value', () => {
    assert.throws(() => values('', missing, 1), UnknownToolText);
    assert.throws(() => values('sysctl is not what it was'), UnknownToolText);
  });
});

describe('the processes', () => {
  it('are called by the last part of their path', () => {
    const stdout = '    1 /sbin/launchd\n  401 /Applications/Rotor Tool.app/Contents/MacOS/Rotor Tool\n12345 -zsh\n';
    assert.deepEqual(processes().parse(said({ stdout })), [
      { pid: 1, name: 'launchd' },
      { pid: 401, name: 'Rotor Tool' },
      { pid: 12345, name: '-zsh' },
    ]);
  });

  it('with a line of another kind: not understood, the others read', () => {
    const { records, notUnderstood } = parsePs('  PID COMM\n    1 /sbin/launchd\n');
    assert.deepEqual([records.length, notUnderstood.map(({ line }) => line)], [1, [1]]);
    assert.throws(() => processes().parse(said({ stdout: '' })), UnknownToolText);
  });
});

describe('System Integrity Protection', () => {
  const head = 'System Integrity Protection status:';
  for (const [stdout, status, kextSigning] of [
    [`${head} enabled.\n`, 'enabled', true],
    [`${head} disabled.\n`, 'disabled', false],
    [`${head} enabled (Custom Configuration).\n\nConfiguration:\n\tKext Signing: disabled\n`, 'enabled', false],
    [`${head} unknown (Custom Configuration).\n\nConfiguration:\n\tKext Signing: enabled\n`, 'unknown', true],
    [`${head} unknown (Custom Configuration).\n`, 'unknown', undefined],
  ] as const)
    it(stdout.trim().replaceAll(/\s+/g, ' '), () => {
      assert.deepEqual(integrityProtection().parse(said({ stdout })), { status, kextSigning });
    });

  it('that is not told is not guessed', () => {
    assert.equal(parseCsrutil('csrutil: failed to retrieve system integrity protection configuration\n'), undefined);
    assert.throws(() => integrityProtection().parse(said({ stdout: '' })), UnknownToolText);
  });
});
