import { type CatalogueRow, classNamed } from './catalogueRow.ts';

const inUse = 0xdc008018;

/**
 * The cases behind `classes have instances`. The kernel prints no line that tells one from the other: each is listed for
 * the code, and its example is what a registry snapshot of that moment shows.
 */
export const instanceRows: readonly CatalogueRow[] = [
  {
    id: 'instances.heldOpen',
    component: 'IOService',
    patterns: ['"IOUserClientCreator" = "pid {pid:d}, {process}"'],
    code: inUse,
    frequency: 'common',
    severity: 'error',
    cause:
      'The object was asked to terminate and waits for a client that has it open and does not call close(). IOUserClientCreator of a user client names the process: {process|pid and program}.',
    remedy:
      'Call close() in the client’s didTerminate() or on kIOMessageServiceIsRequestingClose. Quit the process before the unload: afterwards its exit need not be delivered.',
    anchor: classNamed('class', 'didTerminate()'),
    example: '"IOUserClientCreator" = "pid 4711, turbinectl"',
    problem: 'held',
  },
  {
    id: 'instances.deferred',
    component: 'IOService',
    patterns: [],
    code: inUse,
    severity: 'error',
    cause:
      'A client’s didTerminate() set *defer to true and is never called with false again: work that it waits for does not end. In the registry the object is inactive and busy.',
    remedy: 'Finish or abort the outstanding I/O, then call super::didTerminate().',
    anchor: classNamed('class', 'didTerminate()'),
    example: '+-o Rotor  <class Rotor, id 0x100000365, registered, matched, inactive, busy 1 (20113 ms), retain 9>',
    problem: 'held',
  },
  {
    id: 'instances.callInProgress',
    component: 'IOService',
    patterns: [],
    code: inUse,
    severity: 'error',
    cause:
      'A thread is inside an external method of a user client, asleep or waiting where nothing interrupts it, so that the inactive user client is never finalized.',
    remedy: 'Wake those who wait in willTerminate() or didTerminate(), and let waits be interrupted.',
    anchor: classNamed('class', 'externalMethod()'),
    example:
      '+-o TurbineUserClient  <class TurbineUserClient, id 0x100000366, !registered, !matched, inactive, busy 0, retain 7>',
    problem: 'held',
  },
  {
    id: 'instances.neverTerminated',
    component: 'IOService',
    patterns: [],
    code: inUse,
    severity: 'error',
    cause:
      'Nobody asked the object to terminate; in the registry it is active. An unload terminates those objects alone whose property CFBundleIdentifier is the kext’s, and those below them: a nub made with new, one below another kext’s object, or one with several providers is missed.',
    remedy:
      'Attach it below the driver, override requestTerminate(), terminate it in the driver’s stop(), or give it the property.',
    anchor: classNamed(),
    example: '+-o TurbineNub  <class TurbineNub, id 0x100000367, registered, matched, active, busy 0 (0 ms), retain 6>',
    problem: 'held',
  },
  {
    id: 'instances.userClientOutlivesProcess',
    component: 'IOService',
    patterns: [],
    code: inUse,
    severity: 'error',
    cause:
      'The user client is active though the process that made it is gone: the default clientClose() does nothing and returns kIOReturnUnsupported.',
    remedy: 'Override clientClose() and call terminate() there.',
    anchor: classNamed('class', 'clientClose()'),
    example:
      '+-o TurbineUserClient  <class TurbineUserClient, id 0x100000368, !registered, !matched, active, busy 0, retain 5>',
    problem: 'held',
  },
  {
    id: 'instances.stuckInStart',
    component: 'IOService',
    patterns: [],
    code: inUse,
    severity: 'error',
    cause:
      'The object is not registered or not matched and busy: a start() below it has not returned, and termination waits for it, or for setTerminateDefer.',
    remedy: 'Do not wait in start() without an end; do long work on a thread, and register when it is done.',
    anchor: classNamed('class', 'start()'),
    example: '+-o Turbine  <class Turbine, id 0x100000369, !registered, !matched, active, busy 1 (61207 ms), retain 8>',
    problem: 'held',
  },
  {
    id: 'instances.leaked',
    component: 'kernel',
    patterns: [],
    code: inUse,
    frequency: 'common',
    severity: 'error',
    cause:
      'The class has instances and none is in the registry: a retain without its release, a cycle, a notifier, event source or timer that was not removed, or an object left in a collection, a property or a global.',
    remedy:
      'Look for what is retained or created in start() and not released in stop() and free(), error paths included.',
    anchor: classNamed('class', 'stop() and free()'),
    example: 'Rotor = 1 in ioclasscount, and no Rotor in ioreg',
    problem: 'leaked',
  },
  {
    id: 'instances.freeWithoutSuper',
    component: 'kernel',
    patterns: [],
    code: inUse,
    severity: 'error',
    cause:
      'free() ran, but does not call super::free(). The count goes down in OSObject::free() alone, so it never does.',
    remedy: 'Call super::free() at the end of free(), on every path.',
    anchor: classNamed('class', 'free()'),
    example: 'Rotor = 1 in ioclasscount, no Rotor in ioreg, and Rotor::free() was called',
    problem: 'leaked',
  },
  {
    id: 'instances.onlySubclasses',
    component: 'kernel',
    patterns: [],
    code: inUse,
    severity: 'error',
    cause:
      'The class counts one for each direct subclass that has instances; there may be none of its own. The subclass may be another kext’s.',
    remedy: 'Look at the subclass that has instances.',
    anchor: classNamed(),
    example: 'RotorBase = 1 and Rotor = 1 in ioclasscount, Rotor being a subclass of RotorBase',
    problem: 'subclass',
  },
  {
    id: 'instances.plainObjects',
    component: 'kernel',
    patterns: [],
    code: inUse,
    severity: 'error',
    cause: 'The class is no IOService. Its objects are never in the registry, so each that is left is leaked.',
    remedy: 'Look for the retain or the creation without a release.',
    anchor: classNamed(),
    example: 'RotorTable = 3 in ioclasscount, a subclass of OSObject',
    problem: 'leaked',
  },
  {
    id: 'instances.late',
    component: 'kernel',
    patterns: [],
    code: inUse,
    severity: 'warning',
    cause:
      'The last release came late: from a thread call, a work loop or power management. The count falls to 0 within seconds of the refusal.',
    remedy: 'Unload once more. Where it happens each time, cancel the work and wait for it in stop().',
    anchor: classNamed('class', 'stop()'),
    example: 'Rotor = 1 in ioclasscount right after the refusal, and Rotor = 0 a few seconds later',
    problem: 'notYet',
  },
];
