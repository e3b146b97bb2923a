import { kextcacheProgressTemplates as progress } from '../../tools/messages/kextcacheProgressTemplates.ts';
import { kextcacheTemplates as said } from '../../tools/messages/kextcacheTemplates.ts';
import { kextcacheTroubleTemplates as trouble } from '../../tools/messages/kextcacheTroubleTemplates.ts';
import { bundle, type CatalogueRow, environment, infoPlist, templatesOf } from './catalogueRow.ts';

/** `Mounted {*}.` may be anybody's. */
function isItsOwn(template: string): boolean {
  return template.replaceAll(/\{[^}]*\}/g, '').length >= 20;
}

/** What kextcache(8) says of kexts and caches that it does not take. */
export const kextcacheRows: readonly CatalogueRow[] = [
  {
    id: 'kextcache.kextOmitted',
    component: 'kextcache',
    patterns: [...templatesOf(said, 'kextOmitted'), ...templatesOf(said, 'kextNotFound')],
    severity: 'error',
    cause: '{what} is left out of the cache that is built: the line says why.',
    remedy: 'Run kextutil -n -t on it, which says more.',
    anchor: bundle,
    example: '/Library/Extensions/Turbine.kext has incorrect permissions; omitting.',
  },
  {
    id: 'kextcache.kextKept',
    component: 'kextcache',
    patterns: templatesOf(said, 'kextKept'),
    severity: 'warning',
    cause: '{what} is in the cache that is built, and may not load from there.',
    remedy: 'Install the libraries that it is linked against, or check its OSBundleRequired.',
    anchor: infoPlist('OSBundleLibraries'),
    example:
      '/Library/Extensions/Turbine.kext is missing dependencies (including anyway; dependencies may be available)',
  },
  {
    id: 'kextcache.notBuilt',
    component: 'kextcache',
    patterns: [
      ...templatesOf(said, 'notBuilt'),
      ...templatesOf(said, 'rebuildFailed'),
      ...templatesOf(trouble, 'cacheNotWritten'),
    ],
    summary: true,
    severity: 'error',
    cause: 'A cache of kexts was not built, so the Mac goes on with the one before it.',
    remedy: 'Read the lines before it, mend or remove the kext that they name, and touch /Library/Extensions.',
    anchor: environment,
    example: 'Failed to generate prelinked kernel.',
  },
  {
    id: 'kextcache.notAllowed',
    component: 'kextcache',
    patterns: templatesOf(said, 'notAllowed'),
    severity: 'error',
    cause:
      'The caches of the system are written by root alone, from the folders of the system, and not in a safe boot.',
    remedy: 'Run it with sudo and without folders of its own, after a start without safe boot.',
    anchor: environment,
    example: 'You must be running as root to update system kext caches.',
    problem: 'notPrivileged',
  },
  {
    id: 'kextcache.replaced',
    component: 'kextcache',
    patterns: templatesOf(trouble, 'replaced'),
    severity: 'warning',
    cause:
      'From macOS 11 on kextcache builds no prelinked kernel and no list of kexts: it did nothing, and ended with 0 all the same.',
    remedy:
      'Load the kext with kmutil load -p, which has the auxiliary collection built; kmutil install --update-all builds the collections anew.',
    anchor: environment,
    example:
      "It looks like you're trying to update the system caches. As of macOS 11, the personality cache is no longer in use for keeping kext matching information up-to-date. For more information, see `man kmutil`.",
  },
  {
    id: 'kextcache.ignored',
    component: 'kextcache',
    patterns: templatesOf(trouble, 'ignored'),
    severity: 'information',
    cause: 'This kextcache does not do what was asked of it, and does nothing in its place.',
    remedy: 'Call it from a terminal, where the caches are to be built.',
    anchor: environment,
    example: 'Ignoring kextcache invocation from the Installer',
  },
  {
    id: 'kextcache.optionsWrong',
    component: 'kextcache',
    patterns: templatesOf(trouble, 'cacheOptionsWrong'),
    severity: 'error',
    cause: 'The options of the call do not go together, or name what kextcache does not take.',
    remedy: 'Call kextcache -i / to have the caches of the started system built, or check man kextcache.',
    anchor: environment,
    example: 'No work to do; check options and try again.',
  },
  {
    id: 'kextcache.childFailed',
    component: 'kextcache',
    patterns: templatesOf(trouble, 'childFailed'),
    summary: true,
    severity: 'error',
    cause:
      'A program that was started to build a cache, {tool|kextcache}, did not come to a good end, so the Mac goes on with the cache before it.',
    remedy: 'Read the lines before it; kextcache -v 2 -i / as root builds the cache again and says more.',
    anchor: environment,
    example: 'Child process /usr/sbin/kextcache[612] exited with status 71.',
  },
  {
    id: 'kextcache.notQuiet',
    component: 'kextcache',
    patterns: templatesOf(trouble, 'notQuiet'),
    severity: 'warning',
    cause:
      'Before it asks for the loaded kexts kextcache waits until no driver is busy. That took too long, and it goes on.',
    remedy:
      'Look in the kernel log for a busy timeout, which names the busy service: its start() blocks, or its termination waits.',
    anchor: environment,
    example: 'IOKitWaitQuiet() timed out.',
  },
  {
    id: 'kextcache.helperNotUpdated',
    component: 'kextcache',
    patterns: templatesOf(trouble, 'helperNotUpdated'),
    severity: 'error',
    cause:
      'The disk is started from a helper partition (RAID, FileVault or Fusion), and the new caches were not copied onto it: the next start takes the old ones.',
    remedy: 'Free space on the helper partition or restart, then run kextcache -f -u / as root and read what it says.',
    anchor: environment,
    example: 'Error updating helper partition disk0s3, state 4: Booters copied.',
  },
  {
    id: 'kextcache.outsideVolume',
    component: 'kextcache',
    patterns: templatesOf(trouble, 'outsideVolume'),
    severity: 'error',
    cause:
      'Caches are written on the one volume that they are built for. {what|A path} is on another one, behind a symbolic link or a mount.',
    remedy: 'Put a folder in the place of the link, and build the caches again.',
    anchor: environment,
    example: 'ALERT: /Library/Caches does not appear to be on /.',
  },
  {
    id: 'kextcache.ownerNotRoot',
    component: 'kextcache',
    patterns: templatesOf(trouble, 'ownerNotRoot'),
    severity: 'warning',
    cause: '{what}, which kextcache opens to build the caches, does not belong to root.',
    remedy: 'Give it to root: chown root:wheel.',
    anchor: environment,
    example: 'WARNING: /System/Library/Caches/com.apple.kext.caches: owner not root!',
  },
  {
    id: 'kextcache.progress',
    component: 'kextcache',
    patterns: [
      ...templatesOf(said, 'upToDate'),
      ...templatesOf(said, 'ensuring'),
      ...templatesOf(said, 'waiting'),
      ...templatesOf(said, 'linked'),
      ...templatesOf(said, 'created'),
      ...templatesOf(said, 'slice'),
      ...templatesOf(progress, 'cacheProgress').filter(isItsOwn),
    ],
    severity: 'information',
    cause: 'The tool tells how far it is with the caches.',
    remedy: 'Nothing: what came of it follows.',
    anchor: environment,
    example: 'Created prelinked kernel "/System/Library/PrelinkedKernels/prelinkedkernel"',
  },
];
