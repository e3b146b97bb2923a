/**
 * What the kernel logs about services: their termination, their matching and the counts of their classes (xnu:
 * iokit/Kernel/IOService.cpp, IOUserClient.cpp, libkern/c++/OSMetaClass.cpp, OSObject.cpp).
 */
export const kernelServiceTemplates = {
  threadTimedOut: ['{service}[{id:id}]::terminate(kIOServiceSynchronous): THREAD_TIMED_OUT{*}'],
  stallingForDetach: ['stalling for detach from {service}'],
  closedTwice: ['ignored is_io_service_close({id:id},{service})'],
  sandboxRefused: ['IOUC {class} failed sandbox in process {process}'],
  busyTimeout: ['busy timeout[{*}], ({*}s): {services}', 'IOKit Daemon ({*}) stall[{*}], ({*}s): {services}'],
  notRegistryMember: ['{service}: not registry member at registerService()'],
  classMissing: ['Couldn\'t alloc class "{class}"'],
  initFailed: ['{class}::init in provider {provider}[{id:id}] fails'],
  probeFailed: ['{class}[{id:id}]::probe fails'],
  startTook: ['{class}[{id:id}]::start took {ms:d} ms'],
  badRetain: ['OSMetaClass: Class {class} - bad retain ({count:d})'],
  registryCorrupted: [
    'A kext releasing a(n) {class} has corrupted the registry.{*}',
    'panic({*}A kext releasing a(n) {class} has corrupted the registry.{*}',
  ],
  freedObjectRetained: [
    'OSObject::refcount: Attempting to retain a freed object{*}',
    'panic({*}OSObject::refcount: Attempting to retain a freed object{*}',
  ],
} as const;
