import { kernelServiceTemplates as said } from '../../tools/messages/kernelServiceTemplates.ts';
import { bundle, type CatalogueRow, classNamed, templatesOf } from './catalogueRow.ts';

/** Panics that name a mistake in the counting of references or a service that does not come to rest, and where a panic log names kexts. */
export const panicRows: readonly CatalogueRow[] = [
  {
    id: 'panics.kextsInBacktrace',
    component: 'kernel',
    patterns: [
      'Kernel Extensions in backtrace:',
      'Kernel loadable modules in backtrace (with dependencies):',
      'Kernel loadable modules in backtrace:',
    ],
    severity: 'error',
    cause:
      'The Mac panicked, and the kexts that are named below had code on the stack then: each with its addresses, and after "dependency" what it is linked against.',
    remedy:
      'Symbolicate the frames between the addresses of your kext with atos and its dSYM; a dependency is seldom at fault.',
    anchor: bundle,
    example: 'Kernel Extensions in backtrace:',
    problem: 'panicked',
  },
  {
    id: 'panics.registryCorrupted',
    component: 'kernel',
    patterns: templatesOf(said, 'registryCorrupted'),
    severity: 'error',
    cause:
      'An object of {class} was released more often than retained, while a collection of the registry still held it.',
    remedy: 'Look for a release of what a getter returned: getProperty(), getProvider() and their like retain nothing.',
    anchor: classNamed(),
    example: 'panic(cpu 2 caller 0xffffff8004a1): "A kext releasing a(n) OSString has corrupted the registry."',
    problem: 'panicked',
  },
  {
    id: 'panics.freedObjectRetained',
    component: 'kernel',
    patterns: templatesOf(said, 'freedObjectRetained'),
    severity: 'error',
    cause: 'An object was used after its last release: somebody kept a pointer to it and no reference.',
    remedy: 'Retain what is kept; set pointers to NULL when they are released; stop timers and threads before that.',
    anchor: classNamed(),
    example: 'panic(cpu 0 caller 0xffffff8004a1): "OSObject::refcount: Attempting to retain a freed object"',
    problem: 'panicked',
  },
  {
    id: 'panics.terminationTimedOut',
    component: 'IOService',
    patterns: templatesOf(said, 'terminationPanicked'),
    frequency: 'common',
    severity: 'error',
    cause:
      '{service|A service} was still busy 15 seconds after it was asked to terminate, as by an unload. 10.13 from 10.13.2 on and 10.14 panic then; other systems go on and refuse the unload.',
    remedy:
      'Close what has it open before the unload, end a deferred termination, and let no thread stay in a call of it: didTerminate() and stop() must come to their end.',
    anchor: classNamed('service', 'didTerminate()'),
    example:
      'panic(cpu 2 caller 0xffffff8004a1): "Turbine[0x100000365]::terminate(kIOServiceSynchronous) timeout\\n"@/BuildRoot/xnu/iokit/Kernel/IOService.cpp:2297',
    problem: 'panicked',
  },
  {
    id: 'panics.busyTimeout',
    component: 'IOService',
    patterns: templatesOf(said, 'busyPanicked'),
    severity: 'error',
    cause:
      'The registry did not come to rest for minutes, and the Mac is set up to panic then: {services|the services named} were busy.',
    remedy: 'Look for your class in the list: its start() blocks, or its termination waits.',
    anchor: classNamed('class', 'start()'),
    example: "panic(cpu 0 caller 0xffffff8004a1): busy timeout[5], (60s): 'Turbine'",
    problem: 'panicked',
  },
];
