/** What kextutil(8) writes itself where it refuses or fails (kext_tools, kextutil_main.c). */
export const kextutilTemplates = {
  modeUnsupported: ['kextutil: {mode} is not a supported kmutil mode'],
  optionsWrong: [
    'Use interactive modes only when loading or matching.',
    'Specified architecture {*} does not match running kernel architecture {*}.',
    'Unknown architecture {*}.',
    'No kexts to search for bundle IDs; {*}',
    "Can't read kernel file '{*}'",
  ],
  safeBootIneligible: ['{what} is not eligible for loading during safe boot.'],
  personalitiesNotSent: ['Failed to send personalities for {what} - {error}.'],
  loadInfoUnread: [
    'Failed to read load info for kexts - {error}.',
    'Failed to read load info after starting - {error}.',
    'Failed to reread load info after loading {what} - {error}.',
  ],
  notLoadedAfterLoading: ['{what} is unexpectedly not loaded after loading!'],
  answerUnread: ["Error: couldn't read response."],
} as const;

/** What it writes on the way, whether the load succeeds or not. */
export const kextutilProgressTemplates = {
  diagnosticsFor: ['Diagnostics for {what}:', '{what} has problems:', '{what} has potential problems:'],
  loadable: ['{what} appears to be loadable ({*}including linkage for on-disk libraries).'],
  debugProperties: ['Notice: {what} has debug properties set.'],
  lookingUp: ['Looking up extension with URL {what}.', 'Looking up extension with identifier {what}.'],
  found: ['Found {what} for identifier {kext}.'],
  prompt: [
    '{question} [Y/n]?',
    '{question} [y/N]?',
    '{question} [Y/n/a]?',
    '{question} [y/n/a]?',
    '{question} [Y/n]? {answer}',
    '{question} [y/N]? {answer}',
    '{question} [Y/n/a]? {answer}',
    '{question} [y/n/a]? {answer}',
  ],
  loadedForDebugger: ['{what} and its dependencies are now loaded, and started as listed below. {*}'],
  startStatus: [
    '{kext} - already started',
    '{kext} - not started',
    '{kext} - interface, not startable',
    '{kext} - no executable, not startable',
  ],
  started: ['{what} started.'],
  notStarted: ['Not starting {what}.'],
  personalitiesSent: [
    'Sending personalities of {what} to the IOCatalogue.',
    'Personalities sent for {what}.',
    'Sending personalities for all kexts just loaded.',
    '{what} has no personalities to send.',
    'Not sending personalities for {what}.',
  ],
  unloadedAgain: ['{what} unloaded.'],
  noSymbols: [
    '{what} is a kernel component; no symbols to generate.',
    '{what} is a an interface kext; no symbols to generate.',
  ],
  kextlibsHint: ['Check library declarations for your kext with kextlibs(8).'],
} as const;
