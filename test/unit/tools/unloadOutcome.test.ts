import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseKextunload } from '../../../src/tools/kextunload.ts';
import { unloadOutcome, untouchedBecause } from '../../../src/tools/unloadOutcome.ts';
import { capture } from './captures.ts';

const ends = (text: string, exitCode: number | null) => unloadOutcome(parseKextunload(text).records, exitCode);
const summary = 'Failed to unload org.a - (libkern/kext)';

describe('why an unload touched nothing', () => {
  const why = (text: string) => untouchedBecause(parseKextunload(text).records);
  for (const [text, expected] of [
    ["(kernel) Can't remove kext org.a; unsupported by cache.", 'unsupportedByCache'],
    ['(kernel) Failed to remove kext org.a (MAC policy error 0x1).', 'removalVetoed'],
    ['(kernel) disallowing kextunload terminate for bundleID org.a', 'terminateDisallowed'],
    ["(kernel) Can't unload kext org.a; classes have instances:", undefined],
    [`${summary} kext is in use or retained (cannot unload).`, undefined],
  ] as const)
    it(`${text}: ${expected ?? 'it got further, or nobody knows'}`, () => assert.equal(why(text), expected));
});

describe('how an unload ended', () => {
  for (const [name, exitCode, expected] of [
    ['kextunload-in-use', 3, 'refused'],
    ['kextunload-dependents', 3, 'dependents'],
    ['kextunload-v6-stop-failed', 3, 'stopFailed'],
    ['kextunload-not-found', 3, 'notFound'],
    ['kextunload-v-unloaded', 0, 'unloaded'],
    ['kextunload-shim-no-bundle', 71, 'notFound'],
  ] as const)
    it(`${name} is ${expected}, whatever the exit code`, () => {
      for (const code of [exitCode, 0, 1, 2, 3, null]) assert.equal(ends(capture(name), code), expected);
    });

  for (const [text, expected] of [
    [`${summary} kext is in use or retained (cannot unload).`, 'refused'],
    [`${summary} kext (kmod) start/stop routine failed.`, 'stopFailed'],
    [`${summary} not privileged.`, 'notPrivileged'],
    [`${summary} not found.`, 'notFound'],
    [`${summary} a text of a later system.`, 'refused'],
    ["(kernel) Can't remove kext org.a; services failed to terminate - 0xe00002c7.", 'refused'],
    ["(kernel) Can't unload kext org.a; outstanding references 4 (linkage or tracking object).", 'refused'],
    ["(kernel) Can't tear down kext org.a C++; classes have instances:", 'stopFailed'],
    [
      '(kernel) Access Failure - must be root user.\nFailed to unload org.a - (libkern/kext) not privileged.',
      'notPrivileged',
    ],
    ['You must be running as root to unload kexts.', 'notPrivileged'],
    ['sudo: a password is required', 'notPrivileged'],
    ['Kernel request failed: (libkern/kext) not found (-603947002)', 'notFound'],
    ['Kernel request failed: (libkern/kext) kext is in use or retained (cannot unload) (-603946984)', 'refused'],
    ["Insufficient permissions for action: Unable to unload 'org.a' in unprivileged request.", 'notPrivileged'],
    ['(kernel) OSMetaClass: Class Rotor - bad retain (-1)', 'unknown'],
  ] as const)
    it(`is ${expected}: ${text.split('\n')[0]}`, () => assert.equal(ends(text, 0), expected));

  it('is decided by the exit code only where nothing was said', () => {
    const outcomes = [0, 1, 2, 3, 11, 71, 77, null].map(code => ends('', code));
    assert.deepEqual(outcomes, [
      'unloaded',
      'notFound',
      'notPrivileged',
      'refused',
      'unknown',
      'unknown',
      'notPrivileged',
      'unknown',
    ]);
    assert.equal(ends('Requesting unload of org.a.', 0), 'unloaded');
    assert.equal(ends('Executing: /usr/bin/kmutil unload -b org.a', 0), 'unloaded');
  });

  it('is refused where one class is alive, though another kext left', () => {
    const text = `org.b unloaded and personalities removed.\n${capture('kextunload-in-use')}`;
    assert.equal(ends(text, 3), 'refused');
  });
});
