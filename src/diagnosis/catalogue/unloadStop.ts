import { kernelUnloadTemplates as said } from '../../tools/messages/kernelUnloadTemplates.ts';
import { bundle, type CatalogueRow, environment, moduleFunction, templatesOf } from './catalogueRow.ts';

/** What the kernel says from the moment in which it calls the kext's own stop function. */
export const unloadStopRows: readonly CatalogueRow[] = [
  {
    id: 'unload.stopFailed',
    component: 'kernel',
    patterns: [...templatesOf(said, 'didNotStop'), ...templatesOf(said, 'moduleStopReturned')],
    code: 0xdc008017,
    frequency: 'common',
    severity: 'error',
    cause:
      'The module stop function of {kext} did not return KERN_SUCCESS, or its C++ classes could not be torn down (0xdc004002). Its services are terminated by then. The value that your function returned stands in the line "did not stop".',
    remedy: 'Look at each return of the stop function: what it registered is still busy, or was not unregistered.',
    anchor: moduleFunction('stop'),
    example:
      "(kernel) Kext org.sample.driver.Turbine did not stop (return code 0x5).\n(kernel) Kext org.sample.driver.Turbine can't unload - module stop returned 0xdc008017.",
    problem: 'stopFailed',
  },
  {
    id: 'unload.referencesAtStop',
    component: 'kernel',
    patterns: templatesOf(said, 'referencesAtStop'),
    code: 0xdc008018,
    severity: 'error',
    cause:
      'Somebody refers to {kext} as a whole at the moment in which it is to stop. Where the line speaks of C++ instances it means references, too.',
    remedy: 'Release the load tags and tracking objects that the kext holds, and unload what is linked against it.',
    anchor: moduleFunction('stop'),
    example: "(kernel) Kext org.sample.driver.Turbine - has references (linkage or tracking object); can't stop.",
    problem: 'refused',
  },
  {
    id: 'unload.stopOfUnloaded',
    component: 'kernel',
    patterns: templatesOf(said, 'stopOfUnloaded'),
    code: 0xdc008005,
    severity: 'information',
    cause: '{kext} was asked to stop, and it is not loaded.',
    remedy: 'Nothing: there is nothing to stop.',
    anchor: environment,
    example: '(kernel) Attempt to stop nonloaded kext org.sample.driver.Turbine.',
    problem: 'notLoaded',
  },
  {
    id: 'unload.instancesAfterStop',
    component: 'kernel',
    patterns: templatesOf(said, 'instancesAfterStop'),
    code: 0xdc004002,
    frequency: 'common',
    severity: 'error',
    cause:
      'Objects of classes of {kext} came to life between the kernel’s check and the teardown of the classes: the module stop function made them.',
    remedy: 'Allocate nothing in the stop function, and start nothing there that allocates.',
    anchor: moduleFunction('stop'),
    example: "(kernel) Can't tear down kext org.sample.driver.Turbine C++; classes have instances:",
    problem: 'stopFailed',
  },
  {
    id: 'unload.moduleDamaged',
    component: 'kernel',
    patterns: templatesOf(said, 'moduleDamaged'),
    code: 0xdc008007,
    severity: 'error',
    cause:
      'The kmod_info structure of {kext} is missing or damaged, so that the kernel does not find its start or stop function.',
    remedy:
      'Check MODULE_START and MODULE_STOP of the target, or the use of KMOD_EXPLICIT_DECL, and that the kext is linked with -kext.',
    anchor: moduleFunction('start or stop'),
    example: '(kernel) Kext org.sample.driver.Turbine - NULL module stop pointer.',
    problem: 'unknown',
  },
  {
    id: 'unload.memoryNotFreed',
    component: 'kernel',
    patterns: templatesOf(said, 'memoryNotFreed'),
    code: 0xdc008001,
    severity: 'error',
    cause: 'The kernel could not give the memory of {kext} back, late in the unload: the kext is half gone.',
    remedy: 'Restart the Mac before you load it again.',
    anchor: environment,
    example: "(kernel) Failed to free kext org.sample.driver.Turbine; couldn't find the kext map.",
    problem: 'unknown',
  },
  {
    id: 'unload.failed',
    component: 'kernel',
    patterns: templatesOf(said, 'kextFailedToUnload'),
    summary: true,
    severity: 'error',
    cause: 'The unload of {kext} came to nothing; a line before this one says at which step.',
    remedy: 'Read the kernel’s line just before it.',
    anchor: bundle,
    example: "(kernel) Can't remove kext org.sample.driver.Turbine; kext failed to unload - 0xdc008018.",
    problem: 'refused',
  },
  {
    id: 'unload.removed',
    component: 'kernel',
    patterns: templatesOf(said, 'removed'),
    severity: 'information',
    cause:
      '{kext} is unloaded. One that came out of a collection stays registered, and a load starts the same code again.',
    remedy: 'Nothing. Compare the UUID after the next load: of a collection the old code comes back.',
    anchor: bundle,
    example: '(kernel) Kext org.sample.driver.Turbine unloaded.',
  },
];
