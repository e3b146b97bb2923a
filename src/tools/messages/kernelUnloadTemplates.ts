/**
 * What the kernel logs while it refuses, makes or fails an unload (xnu: libkern/c++/OSKext.cpp, OSMetaClass.cpp,
 * iokit/Kernel/IOCatalogue.cpp). Newer kernels add the number of references; older ones do not print it.
 */
export const kernelUnloadTemplates = {
  notFound: [
    'Kext {kext} not found for unload request.',
    'Kext {kext} not found for stop request.',
    "Can't remove kext {kext} - not found.",
  ],
  notRoot: ['Access Failure - must be root user.'],
  notEntitled: [
    'Access Failure - client not entitled to {action}.',
    'Access Failure - client not entitled to {action}',
  ],
  removalVetoed: ['Failed to remove kext {kext} (MAC policy error {code:x}).'],
  unsupportedByCache: ["Can't remove kext {kext}; unsupported by cache."],
  servicesFailedToTerminate: [
    "Can't remove kext {kext}; services failed to terminate - {code:x}.",
    'Kext {kext} services failed to terminate - {code:x}.',
    '{kext} services failed to terminate - {code:x}.',
  ],
  terminateDisallowed: ['disallowing kextunload terminate for bundleID {kext}'],
  unloadingDisabled: ['Kext unloading is disabled ({kext}).'],
  outstandingReferences: [
    "Can't unload kext {kext}; outstanding references {references:d} (linkage or tracking object).",
    "Can't unload kext {kext}; outstanding references (linkage or tracking object).",
  ],
  classesHaveInstances: ["Can't unload kext {kext}; classes have instances:"],
  classInstances: [
    'Kext {kext} class {class} has {instances:d} instance.',
    'Kext {kext} class {class} has {instances:d} instances.',
  ],
  didNotStop: ['Kext {kext} did not stop (return code {code:x}).'],
  moduleStopReturned: ["Kext {kext} can't unload - module stop returned {code:x}."],
  referencesAtStop: [
    "Kext {kext} - has references (linkage or tracking object); can't stop.",
    "Kext {kext} - C++ instances; can't stop.",
  ],
  stopOfUnloaded: ['Attempt to stop nonloaded kext {kext}.'],
  instancesAfterStop: ["Can't tear down kext {kext} C++; classes have instances:"],
  moduleDamaged: [
    'Kext {kext} - NULL kmod_info pointer.',
    'Kext {kext} - NULL module {routine} pointer.',
    'Kext {kext} module {routine} pointer is outside of kext range ({*}).',
    'Kext {kext} module {routine} pointer is outside of kext range ({*})..',
    'Kext {kext} - bad {routine} pointer {*}.',
    'Kext {kext} - memory region containing module {routine} function is not executable.',
  ],
  memoryNotFreed: [
    "Failed to free kext {kext}; couldn't find the kext map.",
    'Failed to unwire kext {kext}.',
    'Failed to reset kext {kext}.',
    'Kext {kext} cannot be reset, mutable segments were not saved.',
  ],
  kextFailedToUnload: ["Can't remove kext {kext}; kext failed to unload - {code:x}."],
  removed: ['Removing kext {kext}.', 'Fileset kext {kext} unloaded.', 'Kext {kext} unloaded.'],
} as const;
