import { bundle, type CatalogueRow, environment, infoPlist } from './catalogueRow.ts';

const row = { component: 'kmutil', severity: 'error', problem: 'loadFailed' } as const;

/** An error of kmutil(8) and kernelmanagerd. `status`: the number in the error, which the exit status repeats. */
export const kmutilRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'kmutil.notApproved',
    patterns: [
      'Extension with identifiers {kext} not approved to load. Please approve using System Settings.',
      'Extension with identifiers {kext} not approved to load. Please approve using System Preferences.',
    ],
    status: 27,
    frequency: 'common',
    severity: 'warning',
    cause:
      'Nobody has approved {kext} on this Mac yet. Apple silicon needs Reduced Security with user management of kernel extensions besides, set in Recovery.',
    remedy: 'Approve it in System Settings, Privacy & Security, then restart.',
    anchor: environment,
    example:
      'Error Domain=KMErrorDomain Code=27 "Extension with identifiers org.sample.driver.Turbine not approved to load. Please approve using System Settings." UserInfo={NSLocalizedDescription=Extension with identifiers org.sample.driver.Turbine not approved to load. Please approve using System Settings.}',
    problem: 'waitingForApproval',
  },
  {
    ...row,
    id: 'kmutil.restartRequired',
    patterns: ['Loading extension(s): {kext} requires a reboot'],
    status: 28,
    frequency: 'common',
    severity: 'information',
    cause: 'The auxiliary collection was built with {kext}; the Mac still runs on the one that it booted.',
    remedy: 'Restart the Mac, then compare the UUID of what runs with that of your build.',
    anchor: environment,
    example:
      'Error Domain=KMErrorDomain Code=28 "Loading extension(s): org.sample.driver.Turbine requires a reboot" UserInfo={NSLocalizedDescription=Loading extension(s): org.sample.driver.Turbine requires a reboot}',
    problem: 'waitingForRestart',
  },
  {
    ...row,
    id: 'kmutil.badSignature',
    patterns: ['Authenticating extension failed: Bad code signature'],
    status: 29,
    frequency: 'common',
    cause:
      'The code signature of the bundle is missing or does not fit its files. A path in /private/var/db/KernelExtensionManagement/Staging is a copy of your bundle.',
    remedy: 'Sign the bundle last, after every other change; or lower the security of a machine for development.',
    anchor: { kind: 'file', path: 'Contents/_CodeSignature' },
    example:
      'Error Domain=KMErrorDomain Code=29 "Authenticating extension failed: Bad code signature" UserInfo={NSLocalizedDescription=Authenticating extension failed: Bad code signature}',
  },
  {
    ...row,
    id: 'kmutil.authenticationFailed',
    patterns: [
      'Authenticating extension failed: Kext {kext} v{version} in {*} at {path}:',
      'Authenticating extension failed: {reason}',
    ],
    status: 29,
    summary: true,
    cause:
      'The signature or the owners of {kext} are not as they must be; the lines below say which. A path in /private/var/db/KernelExtensionManagement/Staging is a copy of your bundle.',
    remedy: 'Mend what the lines below name on the installed copy: chown -R root:wheel, chmod -R go-w, and sign again.',
    anchor: bundle,
    example:
      'Error Domain=KMErrorDomain Code=29 "Authenticating extension failed: Kext org.sample.driver.Turbine v1.0 in executable kext bundle org.sample.driver.Turbine at /private/var/db/KernelExtensionManagement/Staging/org.sample.driver.Turbine.a1b2c3/Turbine.kext:" UserInfo={NSLocalizedDescription=Authenticating extension failed: Kext org.sample.driver.Turbine v1.0 in executable kext bundle org.sample.driver.Turbine at /private/var/db/KernelExtensionManagement/Staging/org.sample.driver.Turbine.a1b2c3/Turbine.kext:}',
  },
  {
    ...row,
    id: 'kmutil.validationFailed',
    patterns: [
      'Validating extension failed: Kext {kext} v{version} in {*} at {path}:',
      'Validating extension failed: {reason}',
    ],
    status: 30,
    summary: true,
    cause: '{kext} is not valid; the lines below name the property or the file.',
    remedy: 'Mend what the lines below name.',
    anchor: bundle,
    example:
      'Validating extension failed: Kext org.sample.driver.Turbine v1.0 in executable kext bundle org.sample.driver.Turbine at /Library/Extensions/Turbine.kext:',
  },
  {
    ...row,
    id: 'kmutil.collectionNotBuilt',
    patterns: [
      'Error occurred while building a collection:',
      'Error occurred while building a collection: {reason}',
      'Error occurred while building cache:',
      'Error occurred while building cache: {reason}',
      'failed to build {*} collection:',
    ],
    status: 31,
    summary: true,
    frequency: 'common',
    cause:
      'The auxiliary collection could not be built, because of a symbol, a vtable or the executable of one kext. It is built for all kexts or for none, and the one at fault may be another vendor’s.',
    remedy: 'Read which kext "Could not use" names, and mend or remove it.',
    anchor: bundle,
    example:
      'Error Domain=KMErrorDomain Code=31 "Error occurred while building a collection: " UserInfo={NSLocalizedDescription=Error occurred while building a collection: }',
  },
  {
    ...row,
    id: 'kmutil.kdkMissing',
    patterns: ['Missing Developer Kit: {*}'],
    status: 34,
    cause: 'To rebuild a kernel collection this system needs the Kernel Debug Kit of exactly its build.',
    remedy: 'Install the Kernel Debug Kit that fits sw_vers -buildVersion, from developer.apple.com.',
    anchor: environment,
    example:
      'Error Domain=KMErrorDomain Code=34 "Missing Developer Kit: As of macOS 13.0, you will need to install a KDK matching your build 22A380 to rebuild kernel collections."',
  },
  {
    ...row,
    id: 'kmutil.kernelRequestFailed',
    patterns: ['Kernel request failed: {error} ({decimal:d})'],
    status: 71,
    summary: true,
    frequency: 'common',
    cause:
      'The kernel refused what kmutil asked for: {error|the text names the kind of refusal}. The kernel log has the reason.',
    remedy: 'Read it: log show --last 1m --predicate \'process == "kernel"\'.',
    anchor: bundle,
    example:
      'Error Domain=KMErrorDomain Code=71 "Kernel request failed: (libkern/kext) kext is in use or retained (cannot unload) (-603946984)" UserInfo={NSLocalizedDescription=Kernel request failed: (libkern/kext) kext is in use or retained (cannot unload) (-603946984)}',
  },
  {
    ...row,
    id: 'kmutil.noBundle',
    patterns: ['Could not find: No bundle was found at {path}.'],
    status: 71,
    cause: 'There is no bundle at {path|that path}.',
    remedy: 'Check the path; where it comes from a script, whether the build made the bundle.',
    anchor: bundle,
    example: 'Could not find: No bundle was found at /tmp/Turbine.kext.',
  },
  {
    ...row,
    id: 'kmutil.notAKext',
    patterns: [
      'Loading extension failed: Unable to create extension from bundle: {*} (missing {property}) {*}',
      'Loading extension failed: Unable to create extension from bundle: {reason}',
    ],
    status: 71,
    cause: 'The bundle is no kext: its Info.plist lacks {property|CFBundlePackageType}, or is not where a kext has it.',
    remedy: 'Set CFBundlePackageType to KEXT, and check that Contents/Info.plist is in the bundle.',
    anchor: infoPlist('CFBundlePackageType'),
    example:
      'Loading extension failed: Unable to create extension from bundle: codeless (missing CFBundlePackageType) bundle (nil) at /tmp/Turbine.kext',
  },
  {
    ...row,
    id: 'kmutil.identifierNotFound',
    patterns: [
      "Could not find: Extension with identifier '{kext}' not found",
      'Could not find: Extension with identifier {kext} not found',
      'Error occurred unloading extensions: Missing extension with identifier {kext}',
    ],
    status: 71,
    cause: 'kmutil knows no kext {kext|of that name}: it is not loaded, not installed, or spelt otherwise.',
    remedy: 'Compare the identifier with kmutil showloaded; for an unload, take it for unloaded.',
    anchor: infoPlist('CFBundleIdentifier'),
    example: "Could not find: Extension with identifier 'org.sample.driver.Turbin' not found",
    problem: 'notLoaded',
  },
  {
    ...row,
    id: 'kmutil.bootCollectionUnreadable',
    patterns: [
      'Could not find: Unable to get contents of boot kernel collection collection at {path}',
      'Could not find: Unable to get contents of boot kernel collection at {path}',
    ],
    status: 71,
    cause:
      'The boot kernel collection at {path|that path} cannot be read: another volume is meant, or it belongs to another system.',
    remedy:
      'Check the --boot-path or --volume-root that was given; without them kmutil takes those of the running system.',
    anchor: environment,
    example:
      'Could not find: Unable to get contents of boot kernel collection collection at /System/Library/KernelCollections/BootKernelExtensions.kc',
  },
  {
    ...row,
    id: 'kmutil.bootPolicyRefused',
    patterns: [
      'Boot policy error: {reason}',
      'Could not createLinkedManifest and/or update auxKC receipt: Boot policy error: {reason}',
    ],
    status: 71,
    cause:
      'The auxiliary collection is not let in by the security policy of this startup volume, which could not be read or changed: {reason|the text says at what}.',
    remedy:
      'Start in Recovery, set Reduced Security with user management of kernel extensions for this volume, and load the kext again. A virtual Mac cannot have that.',
    anchor: environment,
    example: 'Boot policy error: Error creating linked manifest: code image4 (6)',
  },
  {
    ...row,
    id: 'kmutil.serviceNotReached',
    patterns: ['Error contacting KernelManagement service: {reason}'],
    summary: true,
    cause: 'The tool asked kernelmanagerd, which did not load the kext: {reason|the text says why}.',
    remedy: 'Explain the text behind the colon, and read kmutil log show --last 1m.',
    anchor: environment,
    example: 'Error contacting KernelManagement service: The operation could not be completed.',
  },
  {
    ...row,
    id: 'kmutil.notFound',
    patterns: ['Could not find: {what}', 'Unsupported Error: {what}'],
    status: 71,
    frequency: 'rare',
    cause: 'kmutil did not find what the line names, or cannot do it on this system.',
    remedy: 'Check the paths, identifiers and options of the call.',
    anchor: environment,
    example: 'Could not find: Unable to open /Library/KernelCollections',
  },
  {
    ...row,
    id: 'kmutil.dependencyNotResolved',
    patterns: ['Could not resolve dependency {library}'],
    status: 1,
    // Seen of betas of macOS 11; the classic tools end so each time when they find no kext.
    frequency: 'rare',
    cause: 'A library that the kext names in OSBundleLibraries was not found, or not in a version that fits.',
    remedy: 'Correct its name and version in OSBundleLibraries, or install it first.',
    anchor: infoPlist('OSBundleLibraries'),
    example: 'Error Domain=KMErrorDomain Code=1 "Could not resolve dependency org.sample.lib.Gear"',
  },
  {
    ...row,
    id: 'kmutil.ownerNotAsked',
    patterns: [
      'Error Domain=com.apple.LocalAuthentication Code={number:d} "{*}"',
      'Biometry is not available on this device.',
    ],
    cause:
      'kmutil wanted the owner of this Mac to confirm the change, and nobody could be asked: there is no Touch ID, or no window in this session.',
    remedy: 'Call it in a session on the Mac’s own screen, and confirm with the password of an administrator.',
    anchor: environment,
    example: 'Error Domain=com.apple.LocalAuthentication Code=-6 "Biometry is not available on this device."',
    problem: 'waitingForApproval',
  },
  {
    ...row,
    id: 'kmutil.noSuchFile',
    patterns: ['No such file or directory', 'Error Domain=NSPOSIXErrorDomain Code=2 "No such file or directory"{*}'],
    cause: 'A path is wrong, or the folder of the auxiliary collection (/Library/KernelCollections) is missing.',
    remedy: 'Check the path, and that the folder is there.',
    anchor: environment,
    example: 'Error Domain=NSPOSIXErrorDomain Code=2 "No such file or directory"',
  },
];
