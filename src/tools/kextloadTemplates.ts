import { sudoTemplates } from './sudoTemplates.ts';

/** What kextload(8), kextutil(8) and the kext library write themselves about a load (kext_tools, IOKitUser/OSKext.c). */
export const loadTemplates = {
  requesting: ['Requesting load of {what}.'],
  loaded: [
    '{what} loaded successfully (or already loaded).',
    '{what} successfully loaded (or already loaded).',
    '{what} loaded successfully',
  ],
  failedToLoad: [
    '{what} failed to load - {error}; check the system/kernel logs for errors or try kextutil(8).',
    'Failed to load {what} - {error}.',
  ],
  kernelRequestFailed: ['Kernel error handling kext request - {error}.'],
  failedToStart: ['{what} failed to start - {error}.'],
  unloadingAfterFailure: ['Unloading kext {what} after failing to start/send personalities.'],
  failedToUnload: ['Failed to unload kext {what} after failing to start/send personalities - {error}.'],
  differentCopyLoaded: [
    "Can't load {what} - a different {difference} is already loaded.",
    "Can't load {what} - a different {difference} is already loaded",
  ],
  cannotLoad: ["Can't load {what} - {reason}.", "Can't load {what} - {reason}:"],
  notRoot: [
    'Process must be running as root to load kexts.',
    'You must be running as root to load kexts or send personalities into the kernel.',
    "Can't contact kextd; must run as root to load kexts.",
    "Request from non-root process '{*}' (euid {*}) to load {*} - not allowed.",
  ],
  notFound: ['Error: Kext {what} - not found/unable to create.', "Can't create {what}."],
  noneSpecified: ['No kernel extensions specified.', 'No kernel extensions specified; {*}'],
  loadable: ['{what} appears to be loadable ({*}including linkage for on-disk libraries).'],
  architectureMissing: [
    "{what} does not contain code for this computer's architecture.",
    '{what} does not contain code for architecture {architecture}.',
  ],
  userLinkFailed: ['Link failed (error code {code:d}).'],
  noCodeForSimulatedMac: ['Simulated Mac: {what} has no code that runs here: build it with SIMULATED_MAC set.'],
  symbolsNotChecked: ['Simulated Mac: {*} of {what} not checked: {libraries} may export {*}.'],
  codeSigningFailed: ['Code Signing Failure: {reason}'],
  notStaged: [
    'Kext failed to stage properly: {what}:',
    '{what} could not be staged, failing.',
    'Unable to stage kext ({what}) to secure location.',
    'Bundle ({what}) failed to validate, deleting: {*}',
  ],
  notSecure: [
    "{what}'s dependencies failed security checks; failing.",
    '{what} failed security checks; failing.',
    'ERROR: authentication checks failed for {what}, will not load',
    'ERROR: invalid signature for {what}, will not load',
  ],
  rejected: [
    'Kext rejected due to {reason}: <OSKext {*}URL = "{url}", ID = "{kext}"{*}',
    'Kext rejected due to {reason}: {what}',
  ],
  unsigned: ['Untrusted kexts are not allowed'],
  signatureAllowed: [
    'Kext with invalid signature ({status:d}) allowed: {what}',
    'Kext with invalid signatured ({status:d}) allowed: {what}',
    'kext-dev-mode allowing invalid signature {status:d} {*} for kext "{what}"',
    'kext signature failure override allowing invalid signature {status:d} {*} for kext "{what}"',
  ],
  signatureDenied: [
    'Kext with invalid signature ({status:d}) denied: {what}',
    'Kext with invalid signatured ({status:d}) denied: {what}',
  ],
  restartRequired: ['If this kext was just installed, a reboot is required to allow it to load.'],
  libraryMissing: ["{what} - dependency '{library}' not found."],
  libraryIncompatible: [
    '{what} - no compatible dependency found for {library}.',
    '{what} - dependency for {library} lacks valid OSBundleCompatibleVersion.',
    '{what} - loaded dependency {library}, v{*} is not compatible with requested version {*}.',
    '{what} - loaded dependency {library} lacks valid OSBundleCompatibleVersion.',
  ],
  libraryForbidden: ['{what} has an Apple prefix but no copyright.'],
  librariesUnresolved: ["{what} is invalid; can't resolve dependencies.", "Can't resolve dependencies for {what}."],
  excluded: ['{what} is in exclude list; omitting.'],
  ...sudoTemplates,
} as const;
