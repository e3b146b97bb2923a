import {
  kernelNoticeTemplates as notices,
  kernelTroubleTemplates as said,
} from '../../tools/messages/kernelTroubleTemplates.ts';
import { bundle, type CatalogueRow, environment, infoPlist, moduleFunction, templatesOf } from './catalogueRow.ts';

const row = { component: 'kernel', severity: 'error' } as const;

/** Where the kernel fails at a load by itself, and what it says beside one. */
export const kernelTroubleRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'loadKernel.failedInside',
    patterns: templatesOf(said, 'kernelFailedInside'),
    frequency: 'rare',
    cause: 'The kernel had no memory for {kext}, or failed in its own bookkeeping of it.',
    remedy: 'Load it once more; where that fails, restart the Mac.',
    anchor: environment,
    example: "(kernel) Kext org.sample.driver.Turbine - can't allocate dependencies array.",
    problem: 'loadFailed',
  },
  {
    ...row,
    id: 'loadKernel.loadImpossible',
    patterns: templatesOf(said, 'loadImpossible'),
    summary: true,
    cause: 'The kernel did not load {kext}: {reason|the line says why}.',
    remedy: 'Read the (kernel) lines before it.',
    anchor: bundle,
    example: "(kernel) Can't load kext org.sample.driver.Turbine - no more load tags to assign.",
    problem: 'loadFailed',
  },
  {
    ...row,
    id: 'loadKernel.archiveDamaged',
    patterns: templatesOf(said, 'archiveDamaged'),
    frequency: 'rare',
    cause: 'The archive in which kexts came to the kernel is damaged, or for another processor.',
    remedy: 'Load the kext by its path, or have the caches built again: touch /Library/Extensions.',
    anchor: environment,
    example: '(kernel) Mkext archive has bad checksum.',
    problem: 'loadFailed',
  },
  {
    ...row,
    id: 'loadKernel.auxiliaryNotTaken',
    patterns: templatesOf(said, 'auxiliaryNotTaken'),
    cause: 'The kernel did not take the auxiliary collection when the Mac started, so no kext of it runs.',
    remedy: 'Load your kext once more with kmutil load -p, which builds the collection anew, and restart.',
    anchor: environment,
    example: 'KextLog: WARNING: Failed to load AuxKC from memory.',
    problem: 'loadFailed',
  },
  {
    ...row,
    id: 'loadKernel.codelessRefused',
    patterns: templatesOf(said, 'codelessRefused'),
    cause: 'A kext without code was not registered: its Info.plist names an executable, or another identifier.',
    remedy: 'Take CFBundleExecutable out of it, and check CFBundleIdentifier.',
    anchor: infoPlist('CFBundleExecutable'),
    example:
      '(kernel) Refusing to register codeless kext that declares an executable/kernel component: org.sample.driver.Turbine',
    problem: 'loadFailed',
  },
  {
    ...row,
    id: 'loadKernel.requestWrong',
    patterns: templatesOf(said, 'requestWrong'),
    cause: 'A program asked the kernel something about kexts, and not as it takes it.',
    remedy: 'Ask with the tools of the running system, and not with those of another one.',
    anchor: environment,
    example: '(kernel) Invalid arguments to kext start request.',
  },
  {
    ...row,
    id: 'loadKernel.resourceRefused',
    patterns: templatesOf(said, 'resourceRefused'),
    cause:
      'The kext asked for a file of its bundle with OSKextRequestResource(), and cannot get it: the callback is not in a running kext, or nobody in user space answers.',
    remedy: 'Ask for it after the start function has returned, with a callback of this kext, and cancel in stop.',
    anchor: moduleFunction('start or stop'),
    example: 'Resource request callback is in a kext that is not started.',
  },
  {
    ...row,
    id: 'loadKernel.requestRetained',
    patterns: templatesOf(notices, 'requestRetained'),
    severity: 'warning',
    cause: 'A kext still holds an object of the request by which it was loaded or stopped.',
    remedy: 'Look in the start and the stop function for a retain() without a release().',
    anchor: moduleFunction('start or stop'),
    example: 'Request from user space still retained by a kext; probable memory leak.',
  },
  {
    ...row,
    id: 'loadKernel.copyWithoutUuid',
    patterns: templatesOf(notices, 'copyWithoutUuid'),
    severity: 'warning',
    cause:
      'The kernel has another copy of {kext}, and cannot tell whether it is the same build: neither has a UUID to compare.',
    remedy: 'Link with a UUID (ld does so by itself; -no_uuid leaves it out), and unload the other copy first.',
    anchor: bundle,
    example:
      "Notice - new kext org.sample.driver.Turbine, v1.0 matches prelinked kext but can't determine if executables are the same (no UUIDs).",
  },
];
