import type { KextDiagnosticsSection } from '../kext/kextDiagnostics.ts';

/**
 * How each finding of the kext library begins, by the section that it stands in (IOKitUser, OSKext.c). Systems differ in how
 * some go on, so that a finding is told by its beginning and its text is kept.
 */
export const kextFindingTexts: Readonly<Record<KextDiagnosticsSection['section'], readonly string[]>> = {
  Validation: [
    'Info dictionary missing required property/value',
    'Info dictionary property value is of illegal type',
    'Info dictionary property value is illegal',
    'CFBundleIdentifier and CFBundleVersion must be < 64 characters.',
    'Compatible version must be lower than current version.',
    "Kext has a CFBundleExecutable property but the executable can't be found",
    "Executable file doesn't contain kernel extension code (no kmod_info symbol or bad Mach-O layout).",
    "A system kext has a property set that it shouldn't",
    'Kext declares both CFBundleExecutable and CFBundleSharedExecutableIdentifier',
    "Kext claims a shared executable with named kext, but that kext can't be found",
    'CFBundlePackageType is DEXT and bundle declares CFBundleExecutable',
    'Driver Extensions may not use the',
    "The 'CFBundleIdentifierKernel' key is required in your personality",
    "Can't parse info dictionary XML",
    'Failed to get file info (stat failed)',
    "File access failure; can't open, or I/O error",
    'Internal error converting URL',
    'Failed to open CFBundle (unknown error).',
    'File not found',
  ],
  Authentication: [
    'File owner/permissions are incorrect',
    'The kext contains a symlink which is either not readable or points outside of its bundle',
    "Kext was not created from an URL and can't be authenticated",
    'File not found',
  ],
  'Dependency Resolution': [
    'No kexts found for these libraries',
    'Only incompatible kexts found for these libraries',
    'Kexts found for these libraries lack valid OSBundleCompatibleVersion',
    'Kexts already loaded for these libraries are not compatible with the requested version',
    'Kexts already loaded for these libraries have no OSBundleCompatibleVersion',
    "Indirect dependencies can't be resolved",
    'Multiple kexts for these libraries occur in the dependency graph',
    'Some dependencies are causing circular references',
    'Libraries declared for both com.apple.kernel and a com.apple.kernel.* component.',
    'Dependencies have validation problems',
    'Dependencies have incorrect owner/permissions',
    '64-bit kexts must use com.apple.kpi.* libraries',
    'Only Apple kexts may link against com.apple.kpi.private.',
    'Kexts may not link against com.apple.kernel',
    'Interface kext must have exactly one dependency.',
  ],
  Warnings: [
    'Personality matches on IOResources but IOMatchCategory is missing or not equal to its IOClass',
    'Personality has no CFBundleIdentifier',
    "Personality CFBundleIdentifier differs from containing kext's",
    "Personality CFBundleIdentifier names a kext that can't be found",
    'Personality CFBundleIdentifier names a kext that is not loadable',
    "Personality CFBundleIdentifier names a kext that doesn't declare an executable",
    'Info dictionary property value is of incorrect type',
    'Executable does not contain code for architecture',
    'Deprecated property (ignored)',
    'Kext is not signed',
    'Kext has no executable or compatible version',
    'Kext declares no kernel/KPI libraries',
    'Kext declares no com.apple.kpi.* libraries',
    'Kexts should declare dependencies on either com.apple.kernel* or com.apple.kpi.* libraries',
    'Kexts with a kernel library < v6.0 must set MODULE_NAME',
    'Kexts with a kernel library < v6.0 must set MODULE_VERSION',
    'Kext is a kernel component but OSBundleIsInterface is set to false',
    'The booter does not recognize symbolic links',
    'Dependency lacks appropriate value for OSBundleRequired',
  ],
  'Boot Level': [
    "Kext isn't loadable during safe boot.",
    "Dependencies aren't loadable during safe boot",
    'Kexts may not use the DriverKit value for OSBundleRequired.',
  ],
};

const all = Object.values(kextFindingTexts).flat();

/** The beginning that the text has, of those of the kext library; undefined where it is no finding of it. */
export function kextFindingIn(text: string): string | undefined {
  return all.find(known => text.startsWith(known));
}
