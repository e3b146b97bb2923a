/**
 * What the kernel logs about services: their termination, their matching and the counts of their classes (xnu:
 * iokit/Kernel/IOService.cpp, IOUserClient.cpp, libkern/c++/OSMetaClass.cpp, OSObject.cpp).
 */
export const kernelServiceTemplates = {
  threadTimedOut: [
    '{service}[{id:id}]::terminate(kIOServiceSynchronous): THREAD_TIMED_OUT{*}',
    '{service}[{id:id}]::terminate(kIOServiceSynchronous) timeout',
    '{service}::terminate(kIOServiceSynchronous) timeout',
  ],
  serviceNotTerminated: ['failed to terminate service {service}-{id:id}'],
  stallingForDetach: ['stalling for detach from {service}'],
  closedTwice: ['ignored is_io_service_close({id:id},{service})'],
  sandboxRefused: ['IOUC {class} failed sandbox in process {process}'],
  policyRefused: ['IOUC {class} failed MACF in process {process}'],
  entitlementMissing: ['IOUC {class} missing entitlement in process {process}'],
  entitlementUndeclared: [
    'IOUC {class} missing IOUserClientEntitlements property',
    'IOUC {class} had IOUserClientEntitlements{*}with value not boolean false or string',
  ],
  lockingUndeclared: ['IOUC {class} requires kIOUserClientDefaultLockingKey, {*}'],
  argumentsMiscounted: [
    'shim_io_{*}:{line:d} {class}: IOUserClient {direction}putCount count mismatch{*}',
    '{class}: IOUserClient {direction}putCount count mismatch',
  ],
  busyTimeout: [
    'busy timeout[{*}], ({*}s): {services}',
    'busy timeout[{*}], ({*}s), kextd wait({*}): {services}',
    'kextd stall[{*}], ({*}s): {services}',
    'IOKit Daemon ({*}) stall[{*}], ({*}s): {services}',
  ],
  notRegistryMember: ['{service}: not registry member at registerService()'],
  classMissing: ['Couldn\'t alloc class "{class}"'],
  initFailed: ['{class}::init in provider {provider}[{id:id}] fails', '{class}::init fails'],
  probeFailed: ['{class}[{id:id}]::probe fails', '{class}::probe fails'],
  startRefused: [
    '{class}[{id:id}]::start({provider}[{*}]) <{retains:d}> failed',
    '{class}::start({provider}) <{retains:d}> failed',
  ],
  startTook: ['{class}[{id:id}]::start took {ms:d} ms', '{class}::start took {ms:d} ms'],
  badRetain: ['OSMetaClass: Class {class} - bad retain ({count:d})'],
  registryCorrupted: [
    'A kext releasing a(n) {class} has corrupted the registry.{*}',
    'panic({*}A kext releasing a(n) {class} has corrupted the registry.{*}',
  ],
  terminationPanicked: ['panic({*}{service}[{id:id}]::terminate(kIOServiceSynchronous) timeout{*}'],
  busyPanicked: [
    'panic({*}busy timeout[{*}], ({*}s){*}: {services}',
    'panic({*}kextd stall[{*}], ({*}s): {services}',
    'panic({*}IOKit Daemon ({*}) stall[{*}], ({*}s): {services}',
  ],
  freedObjectRetained: [
    'OSObject::refcount: Attempting to retain a freed object{*}',
    'panic({*}OSObject::refcount: Attempting to retain a freed object{*}',
  ],
} as const;
