/** What kextload(8) writes itself where a load fails (kext_tools, kextload_main.c). */
export const kextloadTemplates = {
  failedToStart: ['{what} failed to start - {error}.', 'Failed to start {what} - {error}.'],
  unloadingAfterFailure: ['Unloading kext {what} after failing to start/send personalities.'],
  failedToUnload: [
    'Failed to unload kext {what} after failing to start/send personalities - {error}.',
    'Failed to unload {what} - {error}.',
  ],
  notFound: [
    'Error: Kext {what} - not found/unable to create.',
    "Can't create {what}.",
    "Can't find extension with identifier {what}.",
  ],
  noneSpecified: ['No kernel extensions specified.', 'No kernel extensions specified; {*}'],
  optionUnknown: [
    'Use kextutil(8) for development loading of kexts.',
    "unrecognized option `{option}'",
    "unrecognized option '{option}'",
    'unrecognized option {option}',
    'illegal option -- {option}',
    'invalid option -- {option}',
    'option requires an argument -- {option}',
    "option `{option}' requires an argument",
    "option `{option}' doesn't allow an argument",
    "option `{option}' is ambiguous",
  ],
  architectureMissing: [
    "{what} does not contain code for this computer's architecture.",
    '{what} does not contain code for architecture {architecture}.',
    '{what} does not contain code for  architecture {architecture}.',
  ],
  userLinkFailed: ['Link failed (error code {code:d}).'],
  noCodeForSimulatedMac: ['Simulated Mac: {what} has no code that runs here: build it with SIMULATED_MAC set.'],
  symbolsNotChecked: ['Simulated Mac: {*} of {what} not checked: {libraries} may export {*}.'],
} as const;

/** What it writes on the way, and where a load succeeds. */
export const kextloadProgressTemplates = {
  requesting: ['Requesting load of {what}.'],
  loading: ['Loading {what}.'],
  loaded: [
    '{what} loaded successfully (or already loaded).',
    '{what} successfully loaded (or already loaded).',
    '{what} loaded successfully',
  ],
  kextAddress: [
    '{what}: allocated {bytes:d} bytes in kernel space at {address:id}',
    'allocated {bytes:d} bytes in kernel space at {address:id}',
  ],
  kextCreated: [
    '{what}: created as # {index:d} at address {address:id}, size {bytes:d}',
    'created as # {index:d} at address {address:id}, size {bytes:d}',
  ],
} as const;
