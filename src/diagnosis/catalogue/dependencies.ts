import { loadTemplates as tool } from '../../tools/kext/loadText.ts';
import { type CatalogueRow, infoPlist, templatesOf } from './catalogueRow.ts';
import { finding } from './finding.ts';

const row = {
  component: 'kext library',
  code: 0xdc00800e,
  severity: 'error',
  problem: 'loadFailed',
  itemField: 'library',
} as const;
const library = infoPlist('OSBundleLibraries.{library}');

/** Findings under `Dependency Resolution Failures`, and what the tools log of the same. */
export const dependencyRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'dependencies.notFound',
    patterns: [
      ...finding('No kexts found for these libraries', 'library'),
      ...templatesOf(tool, 'libraryMissing'),
      "'{what}' names a dependency on '{library}', which was not found.",
      "Unable to resolve dependencies: '{what}' names a dependency on '{library}', which was not found.",
    ],
    frequency: 'common',
    cause: 'There is no kext {library|of that name} on this system.',
    remedy: 'Correct its name in OSBundleLibraries, or install it first.',
    anchor: library,
    example: 'No kexts found for these libraries:\n    org.sample.driver.Pump',
  },
  {
    ...row,
    id: 'dependencies.incompatible',
    patterns: [
      ...finding('Only incompatible kexts found for these libraries', 'library'),
      ...templatesOf(tool, 'libraryIncompatible', 'no compatible dependency'),
    ],
    frequency: 'common',
    cause:
      '{library} is there, and the version that you ask for does not lie between its OSBundleCompatibleVersion and its CFBundleVersion: usually it is too new for this system.',
    remedy:
      'Ask for the oldest version that has what you use; for com.apple.kpi.* that is the Darwin version of the oldest system you serve.',
    anchor: library,
    example: 'Only incompatible kexts found for these libraries:\n    com.apple.kpi.iokit',
  },
  {
    ...row,
    id: 'dependencies.noLibrary',
    patterns: [
      ...finding('Kexts found for these libraries lack valid OSBundleCompatibleVersion', 'library'),
      ...templatesOf(tool, 'libraryIncompatible', 'dependency for {library} lacks'),
    ],
    cause: '{library} has no OSBundleCompatibleVersion, so nobody can link against it.',
    remedy: 'Give it one, where it is yours; else drop the dependency.',
    anchor: library,
    example: 'Kexts found for these libraries lack valid OSBundleCompatibleVersion:\n    org.sample.driver.Pump',
  },
  {
    ...row,
    id: 'dependencies.loadedIncompatible',
    patterns: [
      ...finding('Kexts already loaded for these libraries are not compatible with the requested version', 'library'),
      ...templatesOf(tool, 'libraryIncompatible', 'is not compatible with requested version'),
    ],
    cause: 'Another version of {library} is loaded than the one that you ask for.',
    remedy: 'Unload it, with what is linked against it, and load the one that fits; or restart.',
    anchor: library,
    example:
      'Kexts already loaded for these libraries are not compatible with the requested version:\n    org.sample.driver.Pump',
  },
  {
    ...row,
    id: 'dependencies.loadedNoLibrary',
    patterns: [
      ...finding('Kexts already loaded for these libraries have no OSBundleCompatibleVersion', 'library'),
      ...templatesOf(tool, 'libraryIncompatible', 'loaded dependency {library} lacks'),
    ],
    cause: '{library} is loaded and has no OSBundleCompatibleVersion, so nobody can link against it.',
    remedy: 'Give it one, unload the old one, and load it again.',
    anchor: library,
    example: 'Kexts already loaded for these libraries have no OSBundleCompatibleVersion:\n    org.sample.driver.Pump',
  },
  {
    ...row,
    id: 'dependencies.indirect',
    patterns: finding("Indirect dependencies can't be resolved", 'library'),
    cause: 'A library that {library} needs is missing or does not fit.',
    remedy: 'Run kextutil -n -t on {library}, which names it.',
    anchor: library,
    example: "Indirect dependencies can't be resolved:\n    org.sample.driver.Pump",
  },
  {
    ...row,
    id: 'dependencies.several',
    patterns: finding('Multiple kexts for these libraries occur in the dependency graph', 'library'),
    cause: 'Two copies of {library} are reached on different ways.',
    remedy: 'Remove the copy that is not meant, in /Library/Extensions or beside your build.',
    anchor: library,
    example: 'Multiple kexts for these libraries occur in the dependency graph:\n    org.sample.driver.Pump',
  },
  {
    ...row,
    id: 'dependencies.circular',
    patterns: finding('Some dependencies are causing circular references', 'library'),
    cause: '{library} depends, perhaps through others, on the kext that depends on it.',
    remedy: 'Move what both need into a third kext.',
    anchor: library,
    example: 'Some dependencies are causing circular references:\n    org.sample.driver.Pump',
  },
  {
    ...row,
    id: 'dependencies.invalid',
    patterns: finding('Dependencies have validation problems', 'library'),
    cause: '{library} is itself no valid kext.',
    remedy: 'Run kextutil -n -t on {library}.',
    anchor: library,
    example: 'Dependencies have validation problems:\n    org.sample.driver.Pump',
  },
  {
    ...row,
    id: 'dependencies.ownerOrPermissions',
    patterns: finding('Dependencies have incorrect owner/permissions', 'library'),
    cause: '{library}, as it is installed, is not root’s alone.',
    remedy: 'On its installed copy: chown -R root:wheel, then chmod -R go-w.',
    anchor: library,
    example: 'Dependencies have incorrect owner/permissions:\n    org.sample.driver.Pump',
  },
  {
    ...row,
    id: 'dependencies.unresolved',
    component: 'kextutil',
    patterns: [
      ...templatesOf(tool, 'librariesUnresolved'),
      "Can't load {what} - failed to resolve dependencies.",
      "Can't load {what} - failed to resolve dependencies based on loaded kexts.",
    ],
    summary: true,
    cause: 'Not all libraries of {what} were found in a version that fits; another line names the library.',
    remedy: 'Read the lines around it, or run kextutil -n -t on the bundle.',
    anchor: infoPlist('OSBundleLibraries'),
    example: "Can't resolve dependencies for /Library/Extensions/Turbine.kext.",
  },
];
