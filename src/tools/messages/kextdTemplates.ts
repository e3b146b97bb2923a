/**
 * What kextd(8) says in the system log where it does not load a kext, does not give it a file, or has the caches rebuilt (10.6 to
 * 10.15; kext_tools: kextd_main.c, kextd_request.c, kextd_watchvol.c).
 */
export const kextdTemplates = {
  personalitiesRemoved: [
    'Load {kext} failed; removing personalities from kernel.',
    'Load {kext} failed; removing personalities.',
    'Kext id {kext} not found; removing personalities from kernel.',
    'Kext id {kext} not found; removing personalities.',
    'Failed to notify IOCatalogue that {kext} loaded.',
  ],
  pathRefused: [
    "Request from non-root process '{process}' (euid {euid:d}) to load {what} - not in {*}",
    "Request from non-root process '{process}' (euid {euid:d}) to load {what} - (real path {*}",
    "Request from '{process}' (euid {euid:d}) to load kext with relative path.",
    "Error: Request from '{process}' (euid {euid:d}) to load kext with relative path.",
    'Request to load kext using dependency with relative path.',
    'Error: Request to load kext using dependency with relative path.',
    '{what} failed sandbox check; omitting.',
  ],
  resourceNotGiven: [
    'Request for {resource} resource by {*} - not allowed.',
    "Can't find resource {resource} in {what}.",
    "Kext id {kext} not found; can't retrieve requested resource.",
    "{what} is not valid; can't retrieve requested resource.",
    "{what} is not authentic; can't retrieve requested resource.",
    "{what} has incorrect permissions; can't retrieve requested resource.",
  ],
  notStagedForLoad: [
    '{what} could not be staged properly; failing.',
    '{what} was unable to stage properly; failing.',
    'Unable to stage kext for iokit matching: {what}',
  ],
} as const;

/** What it says of the caches of a volume: whether a load succeeds does not hang on it. */
export const kextdNoticeTemplates = {
  cachesNotUpdated: [
    'kextcache error while updating {volume} (error count: {count:d})',
    'helper error while updating {volume} (error count: {count:d})',
    "helper pid {pid:d} exited without unlocking '{volume}'.",
    "{*} (kextcache) exited without unlocking '{volume}'.",
    '{volume}: giving up; kextcache hit max {*}',
    '{volume}: giving up; volume has hit max {*}',
    '{volume}: kextcache has had enough tries; not launching any more',
    '{volume} has failed to update {count:d} times, not trying again',
  ],
  cachesLeft: [
    'Skipping prelinked kernel auto rebuild; kext-dev-mode setting.',
    'Skipping prelinked kernel rebuild request; kext-dev-mode setting.',
    'Skipping prelinked kernel build; read-only filesystem.',
  ],
  helperEnded: ['async child pid {pid:d} exited with status {status:d}'],
  restartDelayed: ["'{volume}' updating, delaying reboot.", '{volume} is still busy, delaying reboot.'],
  mkextStale: [
    'Warning: mkext on root filesystem does not match the one used for startup',
    'Warning: mkext unexpectedly out of date relative to Extensions folder.',
  ],
  lockLeft: ['Client exited without releasing {tool} lock.'],
} as const;

/** What it tells of its work. */
export const kextdProgressTemplates = {
  daemonProgress: [
    'Extensions folder mod time has changed; rereading.',
    'Got {*} request from kernel.',
    'Kernel requests kext with id {*}',
    "kextcache succeeded with '{*}'.",
    "kextcache ({*}) succeeded with '{*}'.",
    'helper ({*}) successfully updated {*}',
    'Kext {*} not found for client path request.',
    'Loaded {*} and notified IOCatalogue.',
    'Releasing all kexts.',
    "Request from '{*}' (euid {*}) to load {*}.",
    'Rescanning kernel extensions.',
    'Safe boot mode detected; invalidating system extensions caches.',
    '{*}cheduling release of all kexts.',
    '{*} up to date; unblocking reboot.',
  ],
} as const;
