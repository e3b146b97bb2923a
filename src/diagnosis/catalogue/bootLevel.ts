import { type CatalogueRow, infoPlist } from './catalogueRow.ts';
import { finding } from './finding.ts';

const row = { component: 'kext library', code: 0xdc008012, severity: 'error', problem: 'loadFailed' } as const;
const required = infoPlist('OSBundleRequired');

/** Findings under `Boot Level Restrictions`. */
export const bootLevelRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'bootLevel.safeBoot',
    patterns: [
      "Kext isn't loadable during safe boot.",
      "Can't load {what} - ineligible during safe boot.",
      '{what} is not eligible for loading during safe boot.',
    ],
    frequency: 'common',
    cause: 'The Mac runs in a safe boot, in which only kexts with an OSBundleRequired are loaded.',
    remedy: 'Restart without safe boot.',
    anchor: required,
    example: "Kext isn't loadable during safe boot.",
  },
  {
    ...row,
    id: 'bootLevel.librariesInSafeBoot',
    patterns: [
      ...finding("Dependencies aren't loadable during safe boot", 'library'),
      "Can't load {what} - dependencies ineligible during safe boot:",
    ],
    itemField: 'library',
    cause: 'The Mac runs in a safe boot, and {library}, which the kext is linked against, has no OSBundleRequired.',
    remedy: 'Restart without safe boot.',
    anchor: required,
    example: "Dependencies aren't loadable during safe boot:\n    org.sample.driver.Pump",
  },
  {
    ...row,
    id: 'bootLevel.driverKitValue',
    patterns: ['Kexts may not use the DriverKit value for OSBundleRequired.'],
    cause: 'OSBundleRequired is DriverKit, which is for driver extensions.',
    remedy: 'Drop OSBundleRequired, or write Root, Local-Root, Network-Root, Safe Boot or Console.',
    anchor: required,
    example: 'Kexts may not use the DriverKit value for OSBundleRequired.',
  },
  {
    ...row,
    id: 'bootLevel.driverExtension',
    patterns: ['Driver Extensions {*} OSBundleRequired{*}', 'Dexts {*} OSBundleRequired{*}'],
    cause: 'OSBundleRequired of a driver extension takes no other value than DriverKit.',
    remedy: 'For a kext set CFBundlePackageType to KEXT; a driver extension needs no OSBundleRequired.',
    anchor: required,
    example: 'Driver Extensions must use the DriverKit value for OSBundleRequired.',
  },
];
