/**
 * What the kext library writes for kextload(8), kextutil(8), kextcache(8) and kextd about validation, libraries and the load
 * itself (IOKitUser, OSKext.c).
 */
export const kextLibraryTemplates = {
  failedToLoad: [
    '{what} failed to load - {error}; check the system/kernel logs for errors or try kextutil(8).',
    'Failed to load {what} - {error}.',
    '{what} failed to load - {error}.',
  ],
  kernelRequestFailed: ['Kernel error handling kext request - {error}.'],
  differentCopyLoaded: [
    "Can't load {what} - a different {difference} is already loaded.",
    "Can't load {what} - a different {difference} is already loaded",
  ],
  cannotLoad: ["Can't load {what} - {reason}.", "Can't load {what} - {reason}:"],
  libraryMissing: ["{what} - dependency '{library}' not found.", '{what} - no dependency found for {library}.'],
  libraryIncompatible: [
    '{what} - no compatible dependency found for {library}.',
    '{what} - dependency for {library} lacks valid OSBundleCompatibleVersion.',
    '{what} - loaded dependency {library}, v{*} is not compatible with requested version {*}.',
    '{what} - loaded dependency {library} lacks valid OSBundleCompatibleVersion.',
  ],
  libraryForbidden: ['{what} has an Apple prefix but no copyright.'],
  librariesUnresolved: ["{what} is invalid; can't resolve dependencies.", "Can't resolve dependencies for {what}."],
  excluded: ['{what} is in exclude list; omitting.', 'bundleID "{what}" {*} is in exclude list {*}'],
  interfaceWrong: ['{what} - Interface kext must have exactly one dependency.'],
  notRoot: [
    'Process must be running as root to load kexts.',
    'You must be running as root to load kexts.',
    'You must be running as root to load kexts or send personalities into the kernel.',
    "Can't contact kextd; must run as root to load kexts.",
    "Request from non-root process '{*}' (euid {*}) to load {*} - not allowed.",
  ],
} as const;
