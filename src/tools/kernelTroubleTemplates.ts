/** What the kernel logs where it fails at a load by itself, and not by what is wrong with the kext (xnu: libkern/c++/OSKext.cpp). */
export const kernelTroubleTemplates = {
  kernelFailedInside: [
    "Can't allocate kernel memory to link {kext}.",
    "Can't allocate linked executable wrapper for {kext}.",
    "Can't allocate link context to load kext {kext}.",
    "Can't allocate link dependencies to load kext {kext}.",
    "Kext {kext} can't create bookkeeping stack to resolve dependencies.",
    "Kext {kext} - can't allocate dependencies array.",
    "Kext {kext} - can't allocate dependencies iterator.",
    'Kext {kext} - internal error resolving dependencies.',
    'Kext {kext} - internal error propagating compatibility dependencies.',
    'Internal error loading kext {kext}; dependency disappeared.',
    'Kext {kext} start - internal error, dependency disappeared.',
    'Kext {kext} failed to set maximum VM protections for segment {*} - {code:x}.',
    'Kext {kext} failed to set initial VM protections for segment {*} - {code:x}.',
    'Kext {kext} - page {*} is not backed by physical memory.',
    'Kext {kext}: new kext size is too large.',
    'Kext {kext} header size is too large ({*}).',
    'Kext {kext} size is too large ({*}).',
    'Kext {kext} failed to save mutable segment {*}',
    'Failed to allocate space for prelinked kext {kext}.',
    'Failed to unregister kext {kext} class {class}.',
    'Kext allocation failure.',
    'Attempt to start nonloaded kext {kext}.',
  ],
  /** A text behind a colon or a dash that no other template has. */
  loadImpossible: ["Can't load kext {kext} - {reason}.", "Can't load kext {kext} - {reason}"],
  archiveDamaged: [
    'Mkext archive {*}',
    'Mkext error; {*}',
    'Mkext file overrun.',
    'Kext {kext} - mkext error; {*}',
    'Kext archive has a bad checksum.',
    "Kext archive doesn't contain software for this computer's CPU type.",
    'Error unserializing mkext plist: {*}',
    "Can't uncompress info dictionary from mkext archive entry {*}.",
  ],
  auxiliaryNotTaken: [
    'KextLog: WARNING: Failed to load AuxKC from memory{*}',
    'KextLog: WARNING: did not find UUID in deferred Aux KC!',
    'KextLog: ERROR loading deferred AuxKC: {*}',
    'KextLog: Kext loading is disabled (attempt to load KCs).',
    'KextLog: loadKCFileSet for Aux KC returned {*}',
    'The Aux KC has no UUID in {*}',
  ],
  codelessRefused: [
    'Refusing to register codeless kext that declares an executable/kernel component: {kext}',
    "Codeless kext identifiers don't match '{kext}' != '{*}'",
    "Requested codeless kext dictionary does not contain the '{*}' key",
    "Missing 'Codeless Kext Info' dictionary in codeless kext load request of {kext}.",
    'Could not instantiate codeless kext.',
    'Invalid arguments to codeless kext load interface (missing identifier).',
  ],
  requestWrong: [
    'Invalid arguments to kext {request} request.',
    'Invalid arguments to AuxKC Bundle Available request.',
    'Invalid request from user space (not nul-terminated).',
    'Error unserializing request from user space: {*}',
    'Recieved kext request from user space with no predicate.',
    'Received kext load request with no {*}',
    "Received '{request}' invalid request from user space.",
  ],
  resourceRefused: [
    "Can't request resource {*} for {kext} - requests to user space are disabled.",
    'Resource request has bad callback address.',
    'Resource request callback is in a kext that is not started.',
    'No more request tags available; restart required.',
    "Can't invoke callback for resource request; no kext loaded at callback address {*}.",
    "Can't invoke kext resource callback; kext at callback address {*} is not running.",
  ],
} as const;

/** What it says beside a load that it makes all the same. */
export const kernelNoticeTemplates = {
  requestRetained: [
    'Request from user space still retained by a kext; probable memory leak.',
    'Kext load request buffer from user space still retained by a kext; probable memory leak.',
  ],
  copyWithoutUuid: [
    "Notice - new kext {kext}, v{version} matches {*} kext but can't determine if executables are the same (no UUIDs).",
  ],
} as const;
