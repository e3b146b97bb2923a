import { bundle, type CatalogueRow, infoPlist } from './catalogueRow.ts';
import { finding } from './finding.ts';

const row = { component: 'kext library', severity: 'warning', itemField: 'property' } as const;
const libraries = infoPlist('OSBundleLibraries');

/** Findings under `Warnings`: the kext is loaded all the same. */
export const warningRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'warnings.matchCategory',
    patterns: finding(
      'Personality matches on IOResources but IOMatchCategory is missing or not equal to its IOClass; driver may be blocked from matching or may block others',
      'personality',
    ),
    itemField: 'personality',
    cause:
      'The personality {personality|that is named} matches IOResources, where all drivers without a category of their own exclude each other.',
    remedy: 'Set IOMatchCategory to the name of its IOClass.',
    anchor: infoPlist('IOKitPersonalities.{personality}.IOMatchCategory'),
    example:
      'Personality matches on IOResources but IOMatchCategory is missing or not equal to its IOClass; driver may be blocked from matching or may block others:\n    Turbine',
    problem: 'notStarted',
  },
  {
    ...row,
    id: 'warnings.personalityWithoutIdentifier',
    patterns: finding(
      "Personality has no CFBundleIdentifier; the kext's identifier will be inserted when sending to the IOCatalogue",
      'personality',
    ),
    itemField: 'personality',
    severity: 'information',
    cause: 'The personality {personality|that is named} does not name a kext, and gets the one that it is in.',
    remedy: 'Nothing; or write CFBundleIdentifier into the personality.',
    anchor: infoPlist('IOKitPersonalities.{personality}.CFBundleIdentifier'),
    example:
      "Personality has no CFBundleIdentifier; the kext's identifier will be inserted when sending to the IOCatalogue:\n    Turbine",
  },
  {
    ...row,
    id: 'warnings.personalityOfOther',
    patterns: finding(
      "Personality CFBundleIdentifier differs from containing kext's (not necessarily a mistake, but rarely done)",
      'personality',
    ),
    itemField: 'personality',
    cause:
      'The personality {personality|that is named} loads another kext than the one that it is in. That is meant in a codeless kext alone.',
    remedy: 'Check its CFBundleIdentifier. An unload terminates the services of the kext that is named there.',
    anchor: infoPlist('IOKitPersonalities.{personality}.CFBundleIdentifier'),
    example:
      "Personality CFBundleIdentifier differs from containing kext's (not necessarily a mistake, but rarely done):\n    'Turbine' -> 'org.sample.driver.Pump'",
  },
  {
    ...row,
    id: 'warnings.personalityKextUnfit',
    patterns: [
      ...finding("Personality CFBundleIdentifier names a kext that can't be found", 'personality'),
      ...finding(
        'Personality CFBundleIdentifier names a kext that is not loadable (run kextutil(8) on it with -nt for more information)',
        'personality',
      ),
      ...finding("Personality CFBundleIdentifier names a kext that doesn't declare an executable", 'personality'),
    ],
    itemField: 'personality',
    cause:
      'The personality {personality|that is named} names a kext that is missing, does not load, or has no code: it will match and start nothing.',
    remedy: 'Correct its CFBundleIdentifier, or run kextutil -n -t on the kext that it names.',
    anchor: infoPlist('IOKitPersonalities.{personality}.CFBundleIdentifier'),
    example:
      "Personality CFBundleIdentifier names a kext that can't be found:\n    'Turbine' -> 'org.sample.driver.Pump'",
    problem: 'notStarted',
  },
  {
    ...row,
    id: 'warnings.propertyType',
    patterns: finding('Info dictionary property value is of incorrect type', 'property'),
    cause: 'The value of {property} is of another type than the I/O Kit reads, which takes it for missing.',
    remedy: 'Write it as <integer>, where it is IOProbeScore.',
    anchor: infoPlist('{property}'),
    example: 'Info dictionary property value is of incorrect type:\n    IOKitPersonalities.Turbine.IOProbeScore',
  },
  {
    ...row,
    id: 'warnings.deprecated',
    patterns: finding('Deprecated property (ignored)', 'property'),
    severity: 'information',
    cause: '{property} has no effect any more.',
    remedy: 'Drop it.',
    anchor: infoPlist('{property}'),
    example: 'Deprecated property (ignored):\n    OSBundleDebugLevel',
  },
  {
    ...row,
    id: 'warnings.notSigned',
    patterns: finding('Kext is not signed', 'path'),
    cause: 'The bundle has no code signature. Only a system with a lowered security takes it.',
    remedy: 'Sign it with a Developer ID for kexts, or load it on a machine for development.',
    anchor: bundle,
    example: 'Kext is not signed',
  },
  {
    ...row,
    id: 'warnings.librariesWithoutCode',
    patterns: ['Kext has no executable or compatible version, so it should not declare any OSBundleLibraries.'],
    cause: 'A kext without code and without clients links against nothing, and declares libraries.',
    remedy: 'Drop OSBundleLibraries.',
    anchor: libraries,
    example: 'Kext has no executable or compatible version, so it should not declare any OSBundleLibraries.',
  },
  {
    ...row,
    id: 'warnings.noKernelLibraries',
    patterns: ['Kext declares no kernel/KPI libraries; {*}', 'Kext declares no com.apple.kpi.* libraries; {*}'],
    cause: 'OSBundleLibraries names nothing of the kernel, so symbols of it may stay unresolved.',
    remedy: 'Name the com.apple.kpi.* libraries that you use; kextlibs or kmutil libraries lists them.',
    anchor: libraries,
    example: 'Kext declares no kernel/KPI libraries; if it references any kernel symbols, it may fail to link.',
  },
  {
    ...row,
    id: 'warnings.twoStyles',
    patterns: ['Kexts should declare dependencies on either com.apple.kernel* or com.apple.kpi.* libraries, not both.'],
    cause: 'OSBundleLibraries names libraries of two styles.',
    remedy: 'Keep the com.apple.kpi.* ones.',
    anchor: libraries,
    example: 'Kexts should declare dependencies on either com.apple.kernel* or com.apple.kpi.* libraries, not both.',
  },
  {
    ...row,
    id: 'warnings.moduleName',
    patterns: [
      'Kexts with a kernel library < v6.0 must set MODULE_NAME the same as CFBundleIdentifier to load on kernel < v6.0.',
      'Kexts with a kernel library < v6.0 must set MODULE_VERSION the same as CFBundleVersion to load on kernel < v6.0.',
    ],
    severity: 'information',
    cause: 'On kernels before 6.0 the names in kmod_info and in the Info.plist had to be the same.',
    remedy: 'Make them the same all the same: newer kernels look up classes by the name in kmod_info.',
    anchor: infoPlist('CFBundleIdentifier'),
    example:
      'Kexts with a kernel library < v6.0 must set MODULE_NAME the same as CFBundleIdentifier to load on kernel < v6.0.',
  },
  {
    ...row,
    id: 'warnings.interfaceOverridden',
    patterns: ['Kext is a kernel component but OSBundleIsInterface is set to false; overriding'],
    severity: 'information',
    cause: 'A kernel component is always an interface, whatever its Info.plist says.',
    remedy: 'Drop OSKernelResource, where the kext is yours.',
    anchor: infoPlist('OSBundleIsInterface'),
    example: 'Kext is a kernel component but OSBundleIsInterface is set to false; overriding',
  },
  {
    ...row,
    id: 'warnings.symlinksAtBoot',
    patterns: finding(
      "The booter does not recognize symbolic links; confirm these files/directories aren't needed for startup",
      'path',
    ),
    itemField: 'path',
    cause: '{path} is a symbolic link, which the booter does not follow.',
    remedy: 'Put the file itself there, where the Mac needs the driver to start.',
    anchor: { kind: 'file', path: '{path}' },
    example:
      "The booter does not recognize symbolic links; confirm these files/directories aren't needed for startup:\n    Contents/Resources/table",
  },
  {
    ...row,
    id: 'warnings.libraryLateAtBoot',
    patterns: finding(
      'Dependency lacks appropriate value for OSBundleRequired and may not be available during early boot',
      'library',
    ),
    itemField: 'library',
    cause: 'The kext has an OSBundleRequired and {library}, which it is linked against, has none that fits.',
    remedy: 'Set OSBundleRequired in the library, too, or drop it here.',
    anchor: infoPlist('OSBundleRequired'),
    example:
      'Dependency lacks appropriate value for OSBundleRequired and may not be available during early boot:\n    org.sample.driver.Pump - OSBundleRequired not set',
  },
];
