import {
  kextdNoticeTemplates as notices,
  kextdProgressTemplates as progress,
  kextdTemplates as said,
} from '../../tools/messages/kextdTemplates.ts';
import { bundle, type CatalogueRow, environment, infoPlist, templatesOf } from './catalogueRow.ts';

/** What kextd says in the system log, from 10.6 to 10.15. */
export const kextdRows: readonly CatalogueRow[] = [
  {
    id: 'kextd.personalitiesRemoved',
    component: 'kextd',
    patterns: templatesOf(said, 'personalitiesRemoved'),
    frequency: 'common',
    summary: true,
    severity: 'error',
    cause:
      'A personality matched, and {kext|its kext} was not loaded for it. Its personalities are taken out of the IOCatalogue, so nothing matches it any more.',
    remedy:
      'Read the lines before it, mend the kext, and load it by its path: that sends the personalities again. Where it was not found, check that the installed copy has that CFBundleIdentifier.',
    anchor: infoPlist('IOKitPersonalities'),
    example: 'Load org.sample.driver.Turbine failed; removing personalities from kernel.',
    problem: 'loadFailed',
  },
  {
    id: 'kextd.pathRefused',
    component: 'kextd',
    patterns: templatesOf(said, 'pathRefused'),
    code: 0xdc008004,
    severity: 'error',
    cause:
      'A program that is not root’s may have a kext loaded from the folders for extensions alone, and by its whole path.',
    remedy: 'Install the kext in /Library/Extensions (before 10.9 in /System/Library/Extensions), or load it as root.',
    anchor: bundle,
    example:
      "Request from non-root process 'turbinectl' (euid 501) to load /tmp/Turbine.kext - not in extensions dirs or filesystems folder.",
    problem: 'notPrivileged',
  },
  {
    id: 'kextd.resourceNotGiven',
    component: 'kextd',
    patterns: templatesOf(said, 'resourceNotGiven'),
    severity: 'error',
    cause:
      'A kext asked for a file of its bundle with OSKextRequestResource() and does not get it: the file is not there, or the kext on disk is not found, not valid or not root’s.',
    remedy: 'Check the name against Contents/Resources of the installed copy, and the copy itself with kextutil -n -t.',
    anchor: bundle,
    example: "Can't find resource firmware.bin in /Library/Extensions/Turbine.kext.",
  },
  {
    id: 'kextd.notStaged',
    component: 'kextd',
    patterns: templatesOf(said, 'notStagedForLoad'),
    severity: 'error',
    cause: '{what} was not copied to /Library/StagedExtensions, from where alone it is loaded.',
    remedy:
      'Check its signature and its permissions (root:wheel, not writable by others), and read the lines before it.',
    anchor: bundle,
    example: '/Library/Extensions/Turbine.kext could not be staged properly; failing.',
    problem: 'loadFailed',
  },
  {
    id: 'kextd.cachesNotUpdated',
    component: 'kextd',
    patterns: templatesOf(notices, 'cachesNotUpdated'),
    severity: 'error',
    cause:
      'The kext caches of {volume} were to be built again, and that failed; after some attempts it is not tried any more. The Mac starts with the caches before it.',
    remedy: 'Run kextcache -v 2 -i / as root, mend or remove the kext that it names, and touch /Library/Extensions.',
    anchor: environment,
    example: 'kextcache error while updating / (error count: 1)',
  },
  {
    id: 'kextd.cachesLeft',
    component: 'kextd',
    patterns: templatesOf(notices, 'cachesLeft'),
    severity: 'information',
    cause:
      'The kext caches are not built by themselves on this Mac: the boot-arg kext-dev-mode says so, or the folder of the caches cannot be written.',
    remedy: 'Build them with kextcache -i / as root where a kext is to be there from the next start on.',
    anchor: environment,
    example: 'Skipping prelinked kernel auto rebuild; kext-dev-mode setting.',
  },
  {
    id: 'kextd.helperEnded',
    component: 'kextd',
    patterns: templatesOf(notices, 'helperEnded'),
    severity: 'information',
    cause: 'A program that kextd had started, mostly kextcache, ended with status {status|of its own}; 0 is a success.',
    remedy: 'Nothing at 0. Otherwise read the lines of kextcache before it.',
    anchor: environment,
    example: 'async child pid 612 exited with status 77',
  },
  {
    id: 'kextd.restartDelayed',
    component: 'kextd',
    patterns: templatesOf(notices, 'restartDelayed'),
    severity: 'information',
    cause: 'The Mac is to restart, and waits until the kext caches of {volume} are built.',
    remedy: 'Wait: a restart that is forced now starts with the old caches.',
    anchor: environment,
    example: "'/' updating, delaying reboot.",
  },
  {
    id: 'kextd.mkextStale',
    component: 'kextd',
    patterns: templatesOf(notices, 'mkextStale'),
    severity: 'warning',
    cause: 'The Mac was started from an older archive of kexts than lies on its disk, so an older build may run.',
    remedy: 'Compare the UUID of the loaded kext with that of your build, and restart once the caches are built.',
    anchor: environment,
    example: 'Warning: mkext on root filesystem does not match the one used for startup',
  },
  {
    id: 'kextd.lockLeft',
    component: 'kextd',
    patterns: templatesOf(notices, 'lockLeft'),
    severity: 'information',
    cause: 'A {tool} ended without giving back what keeps two of them from loading at once; it was given back for it.',
    remedy: 'Nothing.',
    anchor: environment,
    example: 'Client exited without releasing kextutil lock.',
  },
  {
    id: 'kextd.progress',
    component: 'kextd',
    patterns: templatesOf(progress, 'daemonProgress'),
    severity: 'information',
    cause: 'The daemon that loads kexts for the kernel tells what it does.',
    remedy: 'Nothing: what came of it follows.',
    anchor: environment,
    example: 'Kernel requests kext with id org.sample.driver.Turbine.',
  },
];
