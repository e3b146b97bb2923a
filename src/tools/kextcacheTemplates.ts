/**
 * What kextcache(8) says while it checks the caches of a volume and builds a prelinked kernel (kext_tools, kextcache_main.c,
 * update_boot.c, prelink.c).
 */
export const kextcacheTemplates = {
  command: ['kextcache {arguments}'],
  rebuilding: ['rebuilding {what}'],
  rebuildFailed: ['Error {status:d} rebuilding {what}', 'Warning: Error rebuilding {what}'],
  upToDate: [
    'Primary kext cache does not need update.',
    'CSFDE property cache does not need update.',
    'Localized EFI Login resources do not need update.',
    '{volume}: helper partitions {*} up to date.',
    '{volume}: no supported helper partitions to update.',
  ],
  ensuring: ["Ensuring {volume}'s caches are up to date."],
  notCached: ['{what} not cached.'],
  created: [
    'Created prelinked kernel "{file}"',
    'Created prelinked kernel using "{file}"',
    'Created old kernelcache copy "{file}"',
    'Created mkext archive {file}.',
    'Directory caches updated for {file}.',
  ],
  slice: [
    'Using existing prelinked slice for arch {architecture}',
    'Generating a new prelinked slice for arch {architecture}',
  ],
  kextOmitted: [
    '{what} is not valid; omitting.',
    '{what} has incorrect permissions; omitting.',
    '{what} does not match OSBundleRequired conditions; omitting.',
    "{what} doesn't support architecture '{*}'; skipping.",
    "Can't find kext with optional identifier {what}; skipping.",
  ],
  kextKept: [
    '{what} is missing dependencies (including anyway; {*}',
    '{what} is not demanded by OSBundleRequired conditions.',
  ],
  kextNotFound: ["Error - can't find kext with identifier {kext}."],
  notBuilt: [
    'Failed to generate prelinked kernel.',
    'Failed to read kernel file.',
    'No kexts found for architecture {*}',
    "Can't set architecture {*}",
    'No mkext archives created.',
    'An extensions dir has changed since starting; not saving cache file',
    'Source item {*} has changed since starting; not saving cache file',
  ],
  notAllowed: [
    'You must be running as root to update prelinked kernel.',
    'You must be running as root to update system kext caches.',
    "Can't update the system prelinked kernel during safe boot.",
    'Custom kexts and repository directories are not allowed when updating system kext caches.',
  ],
  volume: [
    '{volume} locked; waiting for lock.',
    'Lock acquired; proceeding.',
    'Note: kextd not watching {volume}; proceeding w/o lock',
    'Warning: kextd unavailable; proceeding w/o lock for {volume}',
    "kextd wasn't ready; waiting 10 seconds and trying again.",
  ],
  done: ['kmutil done'],
  warning: ['Warning: {message}', 'warning: {message}'],
} as const;
