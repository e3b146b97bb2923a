import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseKextunload } from '../../../../src/tools/kextunload.ts';
import { unloadOutcome } from '../../../../src/tools/outcome/unloadOutcome.ts';
import { unloadReason } from '../../../../src/tools/outcome/unloadReason.ts';
import { capture } from '../captures.ts';

const ends = (text: string, exitCode: number | null) => unloadOutcome(parseKextunload(text).records, exitCode);
const summary = 'Failed to unload org.a - (libkern/kext)';

describe('why an unload was refused, and what had become of the kext by then', () => {
  const why = (text: string) => {
    const { kind, progress } = unloadReason(parseKextunload(text).records) ?? {};
    return kind && `${kind}: ${progress}`;
  };
  const services = (code: string) => `(kernel) Can't remove kext org.a; services failed to terminate - ${code}.`;
  for (const [text, expected] of [
    ['(kernel) Access Failure - client not entitled to manage file sets.', 'notEntitled: nothing terminated'],
    ['(kernel) Failed to remove kext org.a (MAC policy error 0x1).', 'removalVetoed: nothing terminated'],
    ["(kernel) Can't remove kext org.a; unsupported by cache.", 'unsupportedByCache: nothing terminated'],
    [services('0xdc008018'), 'dependents: nothing terminated'],
    [services('0xe00002bd'), 'noMemoryToTerminate: nothing terminated'],
    [services('0xe00002c7'), 'terminateDisallowed: some terminated'],
    [services('0xe00002d6'), 'servicesFailedToTerminate: some terminated'],
    ['(kernel) disallowing kextunload terminate for bundleID org.a', 'terminateDisallowed: some terminated'],
    ['(kernel) Kext unloading is disabled (org.a).', 'unloadingDisabled: terminated'],
    [
      "(kernel) Can't unload kext org.a; outstanding references 3 (linkage or tracking object).",
      'outstandingReferences: terminated',
    ],
    ["(kernel) Can't unload kext org.a; classes have instances:", 'classLookedUp: terminated'],
    [
      "(kernel) Can't unload kext org.a; classes have instances:\n(kernel)     Kext org.a class A has 1 instance.",
      'instances: terminated',
    ],
    [
      "(kernel) Kext org.a - has references (linkage or tracking object); can't stop.",
      'referencesAtStop: classes taken out',
    ],
    ["(kernel) Kext org.a - C++ instances; can't stop.", 'referencesAtStop: classes taken out'],
    ['(kernel) Kext org.a did not stop (return code 0x5).', 'stopFailed: classes taken out'],
    ['(kernel) Kext org.a did not stop (return code 0xdc004002).', 'instancesAfterStop: classes taken out'],
    ["(kernel) Can't tear down kext org.a C++; classes have instances:", 'instancesAfterStop: classes taken out'],
    ['(kernel) Kext org.a - NULL module stop pointer.', 'moduleDamaged: classes taken out'],
    ["(kernel) Failed to free kext org.a; couldn't find the kext map.", 'memoryNotFreed: classes taken out'],
    ["(kernel) Can't remove kext org.a; kext failed to unload - 0xdc008018.", 'failedLate: terminated'],
    ["Can't create /a.kext.", 'notFoundAtPath: nothing terminated'],
    ['Could not find: No bundle was found at /a.kext.', 'notFoundAtPath: nothing terminated'],
    ['Could not find: Unable to get contents of it', 'notAsked: nothing terminated'],
    ["Could not find: Extension with identifier 'org.a' not found", undefined],
    ['Kernel request failed: (libkern/kext) kext is in use or retained (cannot unload) (-603946984)', undefined],
    [`${summary} kext is in use or retained (cannot unload).`, undefined],
  ] as const)
    it(`${text.split('\n').at(-1)}: ${expected ?? 'nobody says'}`, () => assert.equal(why(text), expected));

  it('is what the latest check says, whatever only sums it up', () => {
    const late = "(kernel) Can't remove kext org.a; kext failed to unload - 0xdc008018.";
    const references = "(kernel) Can't unload kext org.a; outstanding references 3 (linkage or tracking object).";
    assert.equal(why(`${references}\n${late}`), 'outstandingReferences: terminated');
    const teardown = [
      "(kernel) Can't tear down kext org.a C++; classes have instances:",
      '(kernel) Kext org.a did not stop (return code 0xdc004002).',
      "(kernel) Kext org.a can't unload - module stop returned 0xdc008017.",
    ].join('\n');
    assert.equal(why(teardown), 'instancesAfterStop: classes taken out');
  });
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
    ['Failed to terminate class Rotor - (libkern/kext) not found.', 'refused'],
    ['Failed to terminate class Rotor - (libkern/kext) not privileged.', 'notPrivileged'],
    ["(kernel) Kext org.a - has references (linkage or tracking object); can't stop.", 'refused'],
    ['(kernel) Kext org.a - NULL module stop pointer.', 'refused'],
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
