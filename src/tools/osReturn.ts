/** One return code of libkern or the I/O Kit, as the kernel and the kext tools print it. */
export interface OSReturn {
  /** Unsigned 32 bits. */
  readonly code: number;
  readonly symbol: string;
  /** What mach_error_string(3) says; undefined where no kext tool prints it. */
  readonly text: string | undefined;
}

/** The codes of libkern/OSReturn.h and OSKextLib.h (texts: libsyscall, err_libkern.sub), and the IOReturns seen beside them. */
export const osReturns: readonly OSReturn[] = [
  ...group(0xdc000001, 'libkern/common', [['kOSReturnError', 'general/unspecified error']]),
  ...group(0xdc004001, 'libkern/metaclass', [
    ['kOSMetaClassInternal', 'runtime internal error'],
    ['kOSMetaClassHasInstances', 'class has instances'],
    ['kOSMetaClassNoInit', 'OSMetaClass::preModLoad() not called, runtime internal error'],
    ['kOSMetaClassNoTempData', 'allocation failure, internal data'],
    ['kOSMetaClassNoDicts', 'allocation failure, class tracking dictionaries'],
    ['kOSMetaClassNoKModSet', 'allocation failure, no kext/class set'],
    ['kOSMetaClassNoInsKModSet', 'failed to insert class into class dictionary'],
    ['kOSMetaClassNoSuper', "can't associate class with its superclass"],
    ['kOSMetaClassInstNoSuper', "can't find superclass during instance creation"],
    ['kOSMetaClassDuplicateClass', 'duplicate class name encountered'],
    ['kOSMetaClassNoKext', 'no kext for metaclass'],
  ]),
  ...group(0xdc008001, 'libkern/kext', [
    ['kOSKextReturnInternalError', 'internal error'],
    ['kOSKextReturnNoMemory', 'allocation failure'],
    ['kOSKextReturnNoResources', 'resource shortage'],
    ['kOSKextReturnNotPrivileged', 'not privileged'],
    ['kOSKextReturnInvalidArgument', 'invalid argument'],
    ['kOSKextReturnNotFound', 'not found'],
    ['kOSKextReturnBadData', 'bad data (mkext/other)'],
    ['kOSKextReturnSerialization', 'XML (un)serialization error'],
    ['kOSKextReturnUnsupported', 'function/version unsupported'],
    ['kOSKextReturnDisabled', 'function disabled'],
    ['kOSKextReturnNotAKext', 'malformed kext (bundle layout/missing plist)'],
    ['kOSKextReturnValidation', 'validation failure (plist/executable)'],
    ['kOSKextReturnAuthentication', 'authentication failure (file ownership/permissions)'],
    ['kOSKextReturnDependencies', 'dependency resolution failure'],
    ['kOSKextReturnArchNotFound', 'requested architecture/executable not found'],
    ['kOSKextReturnCache', 'cache error'],
    ['kOSKextReturnDeferred', 'operation deferred (queued to user space)'],
    ['kOSKextReturnBootLevel', 'operation/kext not allowed at current boot level'],
    ['kOSKextReturnNotLoadable', 'not loadable (reason unspecified)'],
    ['kOSKextReturnLoadedVersionDiffers', 'different version/uuid already loaded'],
    ['kOSKextReturnDependencyLoadError', 'dependency load failed'],
    ['kOSKextReturnLinkError', 'link error'],
    ['kOSKextReturnStartStopError', 'kext (kmod) start/stop routine failed'],
    ['kOSKextReturnInUse', 'kext is in use or retained (cannot unload)'],
    ['kOSKextReturnTimeout', 'kext request timed out'],
    ['kOSKextReturnStopping', 'kext is stopping and cannot issue requests'],
    ['kOSKextReturnSystemPolicy', 'system policy prevents loading'],
    ['kOSKextReturnKCLoadFailure', 'loading/mapping of a kext collection failed'],
    ['kOSKextReturnKCLoadFailureSystemKC', 'mapping of the SystemKC failed'],
    ['kOSKextReturnKCLoadFailureAuxKC', 'loading/mapping of the AuxiliaryKC failed'],
    [
      'kOSKextReturnKCLoadFailureSystemKC|kOSKextReturnKCLoadFailureAuxKC',
      'loading of both Auxiliary and System KCs failed',
    ],
  ]),
  { code: 0xe00002bd, symbol: 'kIOReturnNoMemory', text: undefined },
  { code: 0xe00002c1, symbol: 'kIOReturnNotPrivileged', text: undefined },
  { code: 0xe00002c2, symbol: 'kIOReturnBadArgument', text: undefined },
  { code: 0xe00002c7, symbol: 'kIOReturnUnsupported', text: undefined },
  { code: 0xe00002d8, symbol: 'kIOReturnNotReady', text: undefined },
  { code: 0xe00002e2, symbol: 'kIOReturnNotPermitted', text: undefined },
];

/** The return code of that number: unsigned, or signed as kmutil prints it. */
export function osReturnOfCode(code: number): OSReturn | undefined {
  return osReturns.find(known => known.code === code >>> 0);
}

/** The return code that a tool printed as text: `(libkern/kext) not found`, with or without a full stop. */
export function osReturnOfText(text: string): OSReturn | undefined {
  const bare = text.trim().replace(/\.$/, '');
  return osReturns.find(known => known.text === bare);
}

function group(
  first: number,
  subsystem: string,
  names: readonly (readonly [symbol: string, text: string])[],
): readonly OSReturn[] {
  return names.map(([symbol, text], index) => ({ code: first + index, symbol, text: `(${subsystem}) ${text}` }));
}
