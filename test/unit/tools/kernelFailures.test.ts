import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsers } from '../../../src/tools/parsers.ts';

const kext = 'org.sample.driver.Turbine';
const other = 'org.sample.driver.Winch';

/** Every line that the kernel writes about an unload, by what it says. */
const ofUnload = {
  notFound: [`Kext ${kext} not found for unload request.`, `Can't remove kext ${kext} - not found.`],
  notRoot: ['Access Failure - must be root user.'],
  notEntitled: [
    'Access Failure - client not entitled to manage file sets.',
    'Access Failure - client not entitled to load non-primary KCs.',
    'Access Failure - client not entitled to unload kext in non-primary KC.',
  ],
  removalVetoed: [`Failed to remove kext ${kext} (MAC policy error 0x1).`],
  unsupportedByCache: [`Can't remove kext ${kext}; unsupported by cache.`],
  servicesFailedToTerminate: [
    `Can't remove kext ${kext}; services failed to terminate - 0xdc008018.`,
    `Can't remove kext ${kext}; services failed to terminate - 0xe00002c7.`,
    `Kext ${kext} services failed to terminate - 0xe00002bd.`,
  ],
  terminateDisallowed: [`disallowing kextunload terminate for bundleID ${kext}`],
  unloadingDisabled: [`Kext unloading is disabled (${kext}).`],
  outstandingReferences: [
    `Can't unload kext ${kext}; outstanding references 4 (linkage or tracking object).`,
    `Can't unload kext ${kext}; outstanding references (linkage or tracking object).`,
  ],
  classesHaveInstances: [`Can't unload kext ${kext}; classes have instances:`],
  classInstances: [
    `    Kext ${kext} class TurbineRotor has 1 instance.`,
    `    Kext ${kext} class TurbineRotor has 7 instances.`,
  ],
  didNotStop: [`Kext ${kext} did not stop (return code 0x5).`],
  moduleStopReturned: [`Kext ${kext} can't unload - module stop returned 0xdc008017.`],
  referencesAtStop: [
    `Kext ${kext} - C++ instances; can't stop.`,
    `Kext ${kext} - has references (linkage or tracking object); can't stop.`,
  ],
  stopOfUnloaded: [`Attempt to stop nonloaded kext ${kext}.`],
  instancesAfterStop: [`Can't tear down kext ${kext} C++; classes have instances:`],
  moduleDamaged: [
    `Kext ${kext} - NULL kmod_info pointer.`,
    `Kext ${kext} - NULL module start pointer.`,
    `Kext ${kext} module stop pointer is outside of kext range (stop 0x10 - kext starts at 0x20).`,
    `Kext ${kext} module stop pointer is outside of kext range (stop 0x10 - kext at 0x20-0x30).`,
    `Kext ${kext} - bad start pointer 0x10.`,
    `Kext ${kext} - memory region containing module stop function is not executable.`,
  ],
  memoryNotFreed: [
    `Failed to free kext ${kext}; couldn't find the kext map.`,
    `Failed to unwire kext ${kext}.`,
    `Failed to reset kext ${kext}.`,
    `Kext ${kext} cannot be reset, mutable segments were not saved.`,
  ],
  kextFailedToUnload: [`Can't remove kext ${kext}; kext failed to unload - 0xdc008018.`],
  removed: [`Removing kext ${kext}.`, `Fileset kext ${kext} unloaded.`, `Kext ${kext} unloaded.`],
};

/** And about services and their termination. */
const ofServices = {
  threadTimedOut: [
    'TurbineDriver[0x10000031f]::terminate(kIOServiceSynchronous): THREAD_TIMED_OUT. Attempting to auto-resolve your deadlock. PLEASE FIX!',
    'TurbineDriver[0x10000031f]::terminate(kIOServiceSynchronous) timeout',
    'TurbineDriver::terminate(kIOServiceSynchronous) timeout',
  ],
  serviceNotTerminated: ['failed to terminate service TurbineDriver-0x10000031f'],
  stallingForDetach: ['stalling for detach from TurbineDriver'],
  closedTwice: ['ignored is_io_service_close(0x10000031f,TurbineUserClient)'],
  sandboxRefused: ['IOUC TurbineUserClient failed sandbox in process turbinectl'],
  policyRefused: ['IOUC TurbineUserClient failed MACF in process turbinectl'],
  entitlementMissing: ['IOUC TurbineUserClient missing entitlement in process turbinectl'],
  entitlementUndeclared: [
    'IOUC TurbineUserClient missing IOUserClientEntitlements property',
    'IOUC TurbineUserClient had IOUserClientEntitlementswith value not boolean false or string',
  ],
  lockingUndeclared: [
    'IOUC TurbineUserClient requires kIOUserClientDefaultLockingKey, kIOUserClientDefaultLockingSetPropertiesKey, kIOUserClientDefaultLockingSingleThreadExternalMethodKey',
  ],
  argumentsMiscounted: [
    'TurbineUserClient: IOUserClient inputCount count mismatch',
    'shim_io_connect_method_scalarI_scalarO:4512 TurbineUserClient: IOUserClient outputCount count mismatch 0x1 0x2 0xffffffff',
  ],
  busyTimeout: [
    'busy timeout[0], (60s): TurbineDriver (1,60000ms)',
    "busy timeout[0], (60s), kextd wait(1): 'TurbineDriver'",
    'kextd stall[0], (60s): TurbineDriver (1,60000ms)',
    'IOKit Daemon (kernelmanagerd) stall[0], (60s): TurbineDriver (1,60000ms)',
  ],
  notRegistryMember: ['TurbineDriver: not registry member at registerService()'],
  classMissing: ['Couldn\'t alloc class "TurbineDriver"'],
  initFailed: ['TurbineDriver::init in provider IOResources[0x100000110] fails', 'TurbineDriver::init fails'],
  probeFailed: ['TurbineDriver[0x10000031f]::probe fails', 'TurbineDriver::probe fails'],
  startRefused: [
    'TurbineDriver[0x10000031f]::start(IOResources[0x100000110]) <1> failed',
    'TurbineDriver::start(IOResources) <1> failed',
  ],
  startTook: ['TurbineDriver[0x10000031f]::start took 1250 ms', 'TurbineDriver::start took 1250 ms'],
  badRetain: ['OSMetaClass: Class TurbineRotor - bad retain (-1)'],
  registryCorrupted: ['A kext releasing a(n) TurbineRotor has corrupted the registry.'],
  terminationPanicked: [
    'panic(cpu 2 caller 0xffffff8004a1): "TurbineDriver[0x10000031f]::terminate(kIOServiceSynchronous) timeout\\n"@/BuildRoot/xnu/IOService.cpp:2297',
  ],
  busyPanicked: ["panic(cpu 0 caller 0xffffff8004a1): busy timeout[5], (60s): 'TurbineDriver'"],
  freedObjectRetained: ['OSObject::refcount: Attempting to retain a freed object'],
};

/** And about a load. */
const ofLoad = {
  badIdentifier: [
    `CFBundleIdentifier missing/invalid type in kext ${kext}.`,
    `Kext ${kext} error - CFBundleIdentifier over max length 64.`,
  ],
  badVersion: [
    `Kext ${kext} error - CFBundleVersion missing/invalid type.`,
    `Kext ${kext} error - CFBundleVersion bad value 'one'.`,
    `Kext ${kext} error - OSBundleCompatibleVersion bad value 'one'.`,
    `Kext ${kext} error - OSBundleCompatibleVersion 2.0 > CFBundleVersion 1.0 (must be <=).`,
  ],
  excluded: [`Kext ${kext} is in exclude list, not loadable`],
  notLoadable: [`Kext ${kext} is not loadable`],
  loadVetoed: [`Failed to load kext ${kext} (MAC policy error 0x1).`],
  loadingDisabled: [`Kext loading is disabled (attempt to load kext ${kext}).`],
  loadingDisabledForAll: ['Kext loading is disabled.'],
  safeBoot: [
    `Can't load kext ${kext} - not loadable during safe boot.`,
    `Kext ${kext} is not loadable during safe boot; omitting its personalities.`,
  ],
  notInCollection: [
    `Can't load kext ${kext} - not in a kext collection.`,
    `Refusing to link non-prelinked kext: ${kext} (no kxld support)`,
    `Not entitled to link kext '${kext}'`,
    `Kext ${kext} does not exist in a KC: refusing to load.`,
  ],
  notFoundForLoad: [
    `Kext ${kext} not found for start request.`,
    `Kext ${kext} not found for load from KC request.`,
    `Can't load kext ${kext} - not found.`,
  ],
  loadQueued: [`Kext ${kext} not found; queued load request to user space.`],
  otherCopyPresent: [
    `Refusing new kext ${kext}, v1.4: already have loaded v1.3.`,
    `Refusing new kext ${kext}, v1.4: a loaded copy is already present (same version and executable).`,
    `Refusing new kext ${kext}, v1.4: a prelinked copy with a different executable UUID is already present.`,
    `Refusing new kext ${kext}, v1.4: a codeless copy is already loaded`,
  ],
  librariesUnresolved: [`Can't load kext ${kext} - failed to resolve library dependencies.`],
  dependencyFailedToLoad: [`Dependency ${other} of kext ${kext} failed to load.`],
  executableMissing: [`Can't load kext ${kext} - executable is missing.`],
  noLibraries: [`Can't load kext ${kext} - it has no library dependencies.`],
  linkFailed: [`Can't load kext ${kext} - link failed.`, `Failed to load executable for kext ${kext}.`],
  startFailed: [`Kext ${kext} start failed (result 0x5).`],
  didNotStart: [`Kext ${kext} did not start (return code 0x5).`],
  dependencyNotStarted: [
    `Kext ${kext} start - dependency ${other} failed to start (error 0xdc008017).`,
    `Not starting ${kext} - dependency ${other} not started yet.`,
  ],
  kextFailedToLoad: [`Kext ${kext} failed to load (0xdc008016).`, `Failed to load kext ${kext} (error 0xdc008016).`],
  sanitizedKext: [`KASAN: cannot load KASAN-ified kext ${kext} on a non-KASAN kernel`],
  libraryMissing: [
    `Kext ${kext} - library kext ${other} not found.`,
    `Kext ${kext} (prelinked) - library kext ${other} (v1.0) not prelinked.`,
    `Error - Library ${other} not found for ${kext}.`,
  ],
  libraryIncompatible: [`Kext ${kext} - library kext ${other} not compatible with requested version 9.9.`],
  librariesMalformed: [
    `Kext ${kext} - invalid library version one.`,
    `Kext ${kext} - illegal type in OSBundleLibraries.`,
    `Kext ${kext} - can't resolve dependencies; OSBundleLibraries missing/invalid type.`,
    `Kext ${kext} has a dependency loop; can't resolve dependencies.`,
  ],
  libraryForbidden: [
    `Error - kext ${kext} declares a dependency on com.apple.kernel, which is not permitted.`,
    `Error - kext ${kext} declares com.apple.kernel dependencies. Only com.apple.kpi.* dependencies are supported for 64-bit kexts.`,
    `Error - kext ${kext} declares a dependency on com.apple.kpi.private. Only Apple kexts may declare a dependency on com.apple.kpi.private.`,
  ],
  libraryWarning: [
    `Warning - kext ${kext} declares no com.apple.kpi.* dependencies. If it uses any KPIs, the link may fail with undefined symbols.`,
    `Warning - kext ${kext} has immediate dependencies on both com.apple.kernel* and com.apple.kpi.* components; use only one style.`,
    `Warning - ${kext} declares no kernel dependencies; using com.apple.kernel.6.0.`,
  ],
};

/** And about classes, and the kexts that nothing uses any more. */
const ofClasses = {
  duplicateClass: [
    `OSMetaClass: Kext ${kext} class TurbineRotor is a duplicate;kext ${other} already has a class by that name.`,
  ],
  classesWithoutKext: [`OSMetaClass: Can't record classes for kext ${kext} - kext not found.`],
  metaclassWithoutKext: ['OSMetaClass: Kext not found for metaclass.'],
  classNotRegistered: [`Kext ${kext} failed to register class TurbineRotor.`],
  classNotRecorded: ['OSMetaClass: Failed to record class in kext.'],
  metaclassOutsideStart: ["OSMetaClass: preModLoad() wasn't called for class TurbineRotor (runtime internal error)."],
  classRegisteredTwice: [`Notice - kext ${kext} has already registered class TurbineRotor.`],
  classNeverRegistered: [`Notice - kext ${kext} asked to unregister unknown class TurbineRotor.`],
  nullStructor: [`Null structor in kext ${kext} segment __DATA!`],
  classRegistered: [`Kext ${kext} registered class TurbineRotor.`],
  autounloadEnabled: [`Kext ${kext} has IOService subclass TurbineDriver; enabling autounload.`],
  autounloadScheduled: ['Rescheduling scan for unused kexts in 60 seconds.'],
  autounloadScan: ['Checking for unused kexts to autounload.'],
  autounloadDelayed: [`Kext ${kext} has delayed autounload set; skipping and clearing flag.`],
};

const tables = { 'an unload': ofUnload, services: ofServices, 'a load': ofLoad, classes: ofClasses };

for (const [about, table] of Object.entries(tables))
  describe(`What the kernel says about ${about} is understood`, () => {
    for (const [kind, lines] of Object.entries(table))
      for (const line of lines)
        it(`as ${kind}: ${line.trim()}`, () => {
          for (const tool of ['kextunload', 'kextload', 'kextutil', 'kextcache', 'kmutil'])
            for (const text of [line, `(kernel) ${line}`]) {
              const { records, notUnderstood } = parsers[tool]?.(text) ?? assert.fail();
              assert.deepEqual(notUnderstood, []);
              assert.partialDeepStrictEqual(records, [{ kind, by: 'kernel', line: 1, text }]);
            }
        });
  });
