import { kextcacheTemplates as said } from '../../tools/kextcacheTemplates.ts';
import { bundle, type CatalogueRow, environment, infoPlist, templatesOf } from './catalogueRow.ts';

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
    patterns: [...templatesOf(said, 'notBuilt'), ...templatesOf(said, 'rebuildFailed')],
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
];
