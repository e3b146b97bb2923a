import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kextunload, parseKextunload, type UnloadLine } from '../../../src/tools/kextunload.ts';
import { UnknownToolText } from '../../../src/tools/port/toolErrors.ts';
import { capture } from './captures.ts';
import { said } from './said.ts';

const kext = 'org.sample.driver.Turbine';

/** What each documented line says (kind and fields), the kernel's with and without their prefix. */
const kernelLines: readonly (readonly [string, object])[] = [
  [`Kext ${kext} not found for unload request.`, { kind: 'notFound', kext }],
  [`Can't remove kext ${kext} - not found.`, { kind: 'notFound', kext }],
  ['Kext -- not found for unload request.', { kind: 'notFound', kext: '--' }],
  ['Kext (nil) not found for unload request.', { kind: 'notFound', kext: '(nil)' }],
  [
    'Kext /Users/dev/My Turbine.kext not found for unload request.',
    { kind: 'notFound', kext: '/Users/dev/My Turbine.kext' },
  ],
  ['Access Failure - must be root user.', { kind: 'notRoot' }],
  ['Access Failure - client not entitled to manage file sets.', { kind: 'notEntitled', action: 'manage file sets' }],
  [`Failed to remove kext ${kext} (MAC policy error 0x1).`, { kind: 'removalVetoed', kext, code: 1 }],
  [`Can't remove kext ${kext}; unsupported by cache.`, { kind: 'unsupportedByCache', kext }],
  [
    `Can't remove kext ${kext}; services failed to terminate - 0xdc008018.`,
    { kind: 'servicesFailedToTerminate', kext, code: 0xdc008018 },
  ],
  [
    `Kext ${kext} services failed to terminate - 0xe00002c7.`,
    { kind: 'servicesFailedToTerminate', kext, code: 0xe00002c7 },
  ],
  [`${kext} services failed to terminate - 0xe00002c7.`, { kind: 'servicesFailedToTerminate', kext, code: 0xe00002c7 }],
  [`disallowing kextunload terminate for bundleID ${kext}`, { kind: 'terminateDisallowed', kext }],
  [`Kext unloading is disabled (${kext}).`, { kind: 'unloadingDisabled', kext }],
  [
    `Can't unload kext ${kext}; outstanding references 3 (linkage or tracking object).`,
    { kind: 'outstandingReferences', kext, references: 3 },
  ],
  [
    `Can't unload kext ${kext}; outstanding references (linkage or tracking object).`,
    { kind: 'outstandingReferences', kext },
  ],
  [`Can't unload kext ${kext}; classes have instances:`, { kind: 'classesHaveInstances', kext }],
  [
    `    Kext ${kext} class Turbine9 has 1 instance.`,
    { kind: 'classInstances', kext, class: 'Turbine9', instances: 1 },
  ],
  [`Kext ${kext} class Turbine9 has 12 instances.`, { kind: 'classInstances', kext, class: 'Turbine9', instances: 12 }],
  [
    `    Kext ${kext} class Turbine9 has -1 instances.`,
    { kind: 'classInstances', kext, class: 'Turbine9', instances: -1 },
  ],
  [`Kext ${kext} did not stop (return code 0x5).`, { kind: 'didNotStop', kext, code: 5 }],
  [
    `Kext ${kext} can't unload - module stop returned 0xdc008017.`,
    { kind: 'moduleStopReturned', kext, code: 0xdc008017 },
  ],
  [`Kext ${kext} - C++ instances; can't stop.`, { kind: 'referencesAtStop', kext }],
  [`Kext ${kext} - has references (linkage or tracking object); can't stop.`, { kind: 'referencesAtStop', kext }],
  [`Attempt to stop nonloaded kext ${kext}.`, { kind: 'stopOfUnloaded', kext }],
  [`Can't tear down kext ${kext} C++; classes have instances:`, { kind: 'instancesAfterStop', kext }],
  [`Kext ${kext} - NULL kmod_info pointer.`, { kind: 'moduleDamaged', kext }],
  [`Kext ${kext} - NULL module stop pointer.`, { kind: 'moduleDamaged', kext, routine: 'stop' }],
  [
    `Kext ${kext} module stop pointer is outside of kext range (stop 0x10 - kext starts at 0x20).`,
    { kind: 'moduleDamaged', kext, routine: 'stop' },
  ],
  [
    `Kext ${kext} - memory region containing module stop function is not executable.`,
    { kind: 'moduleDamaged', kext, routine: 'stop' },
  ],
  [`Failed to unwire kext ${kext}.`, { kind: 'memoryNotFreed', kext }],
  [`Failed to free kext ${kext}; couldn't find the kext map.`, { kind: 'memoryNotFreed', kext }],
  [`Kext ${kext} cannot be reset, mutable segments were not saved.`, { kind: 'memoryNotFreed', kext }],
  [
    `Can't remove kext ${kext}; kext failed to unload - 0xdc008018.`,
    { kind: 'kextFailedToUnload', kext, code: 0xdc008018 },
  ],
  [`Removing kext ${kext}.`, { kind: 'removed', kext }],
  [`Fileset kext ${kext} unloaded.`, { kind: 'removed', kext }],
  [
    'TurbineDriver[0x10000031f]::terminate(kIOServiceSynchronous): THREAD_TIMED_OUT. Attempting to auto-resolve your deadlock. PLEASE FIX!',
    { kind: 'threadTimedOut', service: 'TurbineDriver', id: 0x10000031fn },
  ],
  ['stalling for detach from TurbineDriver', { kind: 'stallingForDetach', service: 'TurbineDriver' }],
  [
    'ignored is_io_service_close(0x1c1,TurbineUserClient)',
    { kind: 'closedTwice', id: 0x1c1n, service: 'TurbineUserClient' },
  ],
  ['OSMetaClass: Class TurbineRotor - bad retain (-1)', { kind: 'badRetain', class: 'TurbineRotor', count: -1 }],
  ['Couldn\'t alloc class "TurbineDriver"', { kind: 'classMissing', class: 'TurbineDriver' }],
  ['TurbineDriver: not registry member at registerService()', { kind: 'notRegistryMember', service: 'TurbineDriver' }],
  [
    'A kext releasing a(n) TurbineRotor has corrupted the registry.',
    { kind: 'registryCorrupted', class: 'TurbineRotor' },
  ],
];

const inUse = '(libkern/kext) kext is in use or retained (cannot unload)';

const toolLines: readonly (readonly [string, object])[] = [
  [`Requesting unload of ${kext} (with termnation of IOServices).`, { kind: 'requesting', kext }],
  [`Requesting unload of ${kext} (with termination of IOServices).`, { kind: 'requesting', kext }],
  [`Requesting unload of ${kext}.`, { kind: 'requesting', kext }],
  [`Failed to unload ${kext} - ${inUse}.`, { kind: 'failedToUnload', kext, error: inUse }],
  ['Failed to unload -- - (libkern/kext) not found.', { kind: 'failedToUnload', kext: '--' }],
  [`Kernel error handling kext request - ${inUse}.`, { kind: 'kernelRequestFailed', error: inUse }],
  ['Error communicating with kernel - (libkern/kext) internal error.', { kind: 'notCommunicated' }],
  [`${kext} unloaded and personalities removed.`, { kind: 'unloaded', kext }],
  [`${kext}: services terminated and personalities removed (kext not unloaded).`, { kind: 'servicesTerminated', kext }],
  ['All instances of class Turbine9 terminated.', { kind: 'classTerminated', class: 'Turbine9' }],
  [
    'Failed to terminate class Turbine9 - (libkern/kext) not found.',
    { kind: 'failedToTerminateClass', class: 'Turbine9' },
  ],
  [`Terminate for ${kext} failed - ${inUse}.`, { kind: 'failedToTerminate', kext, error: inUse }],
  ["Can't create /tmp/My Turbine.kext.", { kind: 'notCreated', path: '/tmp/My Turbine.kext' }],
  ['You must be running as root to unload kexts.', { kind: 'notRoot' }],
  [
    'You must be running as root to unload kexts, terminate services, or remove driver personalities.',
    { kind: 'notRoot' },
  ],
  ['No kernel extensions specified.', { kind: 'noneSpecified' }],
  ['sudo: a password is required', { kind: 'sudoRefused' }],
  [
    'Kernel request failed: (libkern/kext) kext is in use or retained (cannot unload) (-603946984)',
    { kind: 'kmutilError', code: 0xdc008018 },
  ],
];

const only = (text: string): UnloadLine => {
  const { records, notices, notUnderstood } = parseKextunload(text);
  assert.deepEqual([notices, notUnderstood], [[], []]);
  assert.equal(records.length, 1);
  return records[0] ?? assert.fail();
};

describe('a line of the kernel in what kextunload says', () => {
  for (const [text, expected] of kernelLines)
    it(text.trim(), () => {
      for (const mark of ['(kernel) ', 'kernel[0]: ', 'kernel[0] <Notice>: ', 'kernel: (IOKit) ', 'kernel: ']) {
        const relayed = `${mark}${text}`;
        assert.partialDeepStrictEqual(only(relayed), { ...expected, line: 1, text: relayed, by: 'kernel' });
      }
      assert.partialDeepStrictEqual(only(text), { ...expected, by: 'kernel' });
    });
});

describe('a line of kextunload itself', () => {
  for (const [text, expected] of toolLines)
    it(text, () => {
      assert.partialDeepStrictEqual(only(`\n${text}`), { ...expected, line: 2, text, by: 'tool' });
    });

  it('is not taken for the kernel’s, nor the kernel’s for its own', () => {
    const text = `(kernel) Failed to unload ${kext} - ${inUse}.`;
    assert.deepEqual(parseKextunload(text).notUnderstood, [{ line: 1, text }]);
  });
});

describe('what kextunload says in a run', () => {
  it('names each class in the order in which the kernel did', () => {
    const { records } = parseKextunload(capture('kextunload-in-use'));
    assert.deepEqual(
      records.flatMap(record =>
        record.kind === 'classInstances' ? [[record.class, record.instances, record.line]] : [],
      ),
      [
        ['TurbineRotor2', 1, 2],
        ['TurbineBlade', 12, 3],
      ],
    );
  });

  it('keeps the driver’s own code apart from the wrapper’s, and the progress among the notices', () => {
    const { records, notices } = parseKextunload(capture('kextunload-v6-stop-failed'));
    assert.deepEqual(
      records.flatMap(record => ('code' in record ? [[record.kind, record.code]] : [])),
      [
        ['didNotStop', 5],
        ['moduleStopReturned', 0xdc008017],
      ],
    );
    assert.equal(notices.length, 5);
  });

  it('may be about several kexts, by whatever they were called', () => {
    const { records, notUnderstood } = parseKextunload(capture('kextunload-several-v6'));
    assert.deepEqual(notUnderstood, []);
    assert.deepEqual(
      records.map(record => [record.kind, 'kext' in record ? record.kext : undefined]),
      [
        ['notCreated', undefined],
        ['classTerminated', undefined],
        ['requesting', '--'],
        ['notFound', '--'],
        ['kernelRequestFailed', undefined],
        ['failedToUnload', '--'],
        ['logsHint', undefined],
        ['requesting', kext],
        ['removed', kext],
        ['unloaded', kext],
        ['failedToUnload', '(nil)'],
      ],
    );
  });

  it('comes from kmutil on later systems', () => {
    const { records, notices } = parseKextunload(capture('kextunload-shim-no-bundle'));
    assert.deepEqual(notices, ['Executing: /usr/bin/kmutil unload -p /Library/Extensions/Sample Turbine.kext']);
    assert.partialDeepStrictEqual(records, [
      {
        kind: 'kmutilError',
        domain: 'KMErrorDomain',
        number: 71,
        description: 'Could not find: No bundle was found at /Library/Extensions/Sample Turbine.kext.',
        code: undefined,
      },
    ]);
  });
});

describe('kextunload', () => {
  it('unloads by identifier, as root', () => {
    const { tool, argv, asRoot } = kextunload(kext);
    assert.deepEqual([tool, argv, asRoot], ['kextunload', ['-b', kext], true]);
  });

  it('answers with how it ended and every line, whichever stream it was on', () => {
    const answer = kextunload(kext).parse(said({ stderr: capture('kextunload-in-use'), exitCode: 3 }));
    assert.deepEqual([answer.outcome, answer.exitCode, answer.said.records.length], ['refused', 3, 4]);
  });

  it('has unloaded what it says it has, also where sudo was given a wrong password first', () => {
    const retried = 'Sorry, try again.\n';
    const outcome = (stderr: string) => kextunload(kext).parse(said({ stderr })).outcome;
    assert.deepEqual(
      [outcome(retried), outcome(`${retried}${kext} unloaded and personalities removed.\n`)],
      ['unloaded', 'unloaded'],
    );
    const { notUnderstood } = kextunload(kext).parse(said({ stderr: retried })).said;
    assert.deepEqual(notUnderstood, []);
  });

  for (const identifier of ['com.apple.driver.AppleHDA', 'COM.APPLE.kpi.bsd', 'com.apple', '__kernel__'])
    it(`never touches ${identifier}`, () => assert.throws(() => kextunload(identifier), RangeError));

  for (const identifier of ['', '-p', '--', '/Library/Extensions/Turbine.kext', 'a b'])
    it(`takes "${identifier}" for no identifier`, () => assert.throws(() => kextunload(identifier), RangeError));

  it('speaks an unknown language where no line is known', () => {
    const output = said({ stderr: 'dyld: Library not loaded\n', exitCode: 1 });
    assert.throws(() => kextunload(kext).parse(output), UnknownToolText);
  });
});
