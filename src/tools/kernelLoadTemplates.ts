/**
 * What the kernel logs while it refuses, makes or fails a load (xnu: libkern/c++/OSKext.cpp, OSMetaClass.cpp, and its
 * linker libkern/kxld, whose lines carry the kext in brackets).
 */
export const kernelLoadTemplates = {
  badIdentifier: [
    'CFBundleIdentifier missing/invalid type in kext {kext}.',
    'Kext {kext} error - CFBundleIdentifier over max length {*}.',
  ],
  badVersion: [
    'Kext {kext} error - CFBundleVersion missing/invalid type.',
    "Kext {kext} error - CFBundleVersion bad value '{*}'.",
    "Kext {kext} error - OSBundleCompatibleVersion bad value '{*}'.",
    'Kext {kext} error - {*} > {*} (must be <=).',
  ],
  excluded: ['Kext {kext} is in exclude list, not loadable'],
  notLoadable: ['Kext {kext} is not loadable'],
  loadVetoed: ['Failed to load kext {kext} (MAC policy error {code:x}).'],
  loadingDisabled: ['Kext loading is disabled (attempt to load kext {kext}).'],
  loadingDisabledForAll: ['Kext loading is disabled.'],
  safeBoot: [
    "Can't load kext {kext} - not loadable during safe boot.",
    'Kext {kext} is not loadable during safe boot; omitting its personalities.',
  ],
  notInCollection: [
    "Can't load kext {kext} - not in a kext collection.",
    'Kext {kext} does not exist in a KC: refusing to load.',
    'Refusing to link non-prelinked kext: {kext} (no kxld support)',
    "Not entitled to link kext '{kext}'",
  ],
  notFoundForLoad: [
    'Kext {kext} not found for start request.',
    'Kext {kext} not found for load from KC request.',
    "Can't load kext {kext} - not found.",
    'Kext {kext} not found; queued load request to user space.',
  ],
  otherCopyPresent: [
    'Refusing new kext {kext}, v{version}: already have {*}.',
    'Refusing new kext {kext}, v{version}: a {*} copy is already present (same version and executable).',
    'Refusing new kext {kext}, v{version}: {*} with a different executable UUID is already present.',
    'Refusing new kext {kext}, v{version}: a codeless copy is already {*}',
  ],
  libraryMissing: [
    'Kext {kext} - library kext {library} not found.',
    'Error - Library {library} not found for {kext}.',
    'Kext {kext} (prelinked) - library kext {library} (v{*}) not prelinked.',
  ],
  libraryIncompatible: ['Kext {kext} - library kext {library} not compatible with requested version {version}.'],
  librariesMalformed: [
    'Kext {kext} - invalid library version {*}.',
    'Kext {kext} - illegal type in OSBundleLibraries.',
    "Kext {kext} - can't resolve dependencies; {*} missing/invalid type.",
    "Kext {kext} has a dependency loop; can't resolve dependencies.",
  ],
  libraryForbidden: [
    'Error - kext {kext} declares a dependency on {library}, which is not permitted.',
    'Error - kext {kext} declares a dependency on {library}. Only Apple kexts may declare a dependency on {*}.',
    'Error - kext {kext} declares {library} dependencies. Only {*} dependencies are supported for 64-bit kexts.',
  ],
  libraryWarning: [
    'Warning - kext {kext} declares no {*} dependencies. If it uses any KPIs, the link may fail with undefined symbols.',
    'Warning - kext {kext} has immediate dependencies on both {*} components; use only one style.',
    'Warning - {kext} declares no kernel dependencies; using {*}.',
  ],
  librariesUnresolved: ["Can't load kext {kext} - failed to resolve library dependencies."],
  dependencyFailedToLoad: ['Dependency {dependency} of kext {kext} failed to load.'],
  executableMissing: ["Can't load kext {kext} - executable is missing."],
  noLibraries: ["Can't load kext {kext} - it has no library dependencies."],
  linkFailed: ["Can't load kext {kext} - link failed.", 'Failed to load executable for kext {kext}.'],
  startFailed: ['Kext {kext} start failed (result {code:x}).'],
  didNotStart: ['Kext {kext} did not start (return code {code:x}).'],
  dependencyNotStarted: [
    'Kext {kext} start - dependency {dependency} failed to start (error {*}).',
    'Not starting {kext} - dependency {dependency} not started yet.',
  ],
  kextFailedToLoad: [
    'Kext {kext} failed to load ({code:x}).',
    'kext {kext} failed to load ({code:x}).',
    'Failed to load kext {kext} (error {code:x}).',
  ],
  sanitizedKext: ['KASAN: cannot load KASAN-ified kext {kext} on a non-KASAN kernel'],
  duplicateClass: [
    'OSMetaClass: Kext {kext} class {class} is a duplicate;kext {owner} already has a class by that name.',
    'OSMetaClass: Kext {kext} class {class} is a duplicate; kext {owner} already has a class by that name.',
  ],
  classesWithoutKext: ["OSMetaClass: Can't record classes for kext {kext} - kext not found."],
  metaclassWithoutKext: ['OSMetaClass: Kext not found for metaclass.'],
  classNotRegistered: ['Kext {kext} failed to register class {class}.'],
  classNotRecorded: ['OSMetaClass: Failed to record class in kext.'],
  metaclassOutsideStart: ["OSMetaClass: preModLoad() wasn't called for class {class} (runtime internal error)."],
  classRegisteredTwice: ['Notice - kext {kext} has already registered class {class}.'],
  classNeverRegistered: ['Notice - kext {kext} asked to unregister unknown class {class}.'],
  nullStructor: ['Null structor in kext {kext} segment {segment}!'],
  classRegistered: ['Kext {kext} registered class {class}.'],
  linkerItem: ['kxld[{kext}]:\t{item}', 'kxld[{kext}]: \t{item}'],
  linkerMessage: ['kxld[{kext}]: {message}'],
} as const;
