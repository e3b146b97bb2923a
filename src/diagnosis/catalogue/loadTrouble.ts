import { loadTemplates as said } from '../../tools/loadText.ts';
import {
  bundle,
  type CatalogueRow,
  environment,
  executable,
  infoPlist,
  moduleFunction,
  templatesOf,
} from './catalogueRow.ts';

const row = { component: 'kext library', severity: 'error', problem: 'loadFailed' } as const;

/** What the tools and the kext library say where a load does not come to the kernel, or not back from it. */
export const loadTroubleRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'loadTools.bundleUnread',
    patterns: templatesOf(said, 'bundleUnread'),
    cause: '{what} could not be read: a file of it is missing, damaged, or not readable for this user.',
    remedy: 'Check that the build made the whole bundle, and install it again.',
    anchor: bundle,
    example: '/Library/Extensions/Turbine.kext has no Info.plist file.',
  },
  {
    ...row,
    id: 'loadTools.extensionsUnread',
    patterns: templatesOf(said, 'extensionsUnread'),
    cause: 'The tool found no kexts in the folders of the system, so it knows no libraries either.',
    remedy: 'Check that /System/Library/Extensions and /Library/Extensions can be read, and try again as root.',
    anchor: environment,
    example: "Can't get system extensions folders.",
  },
  {
    ...row,
    id: 'loadTools.executableUnfit',
    patterns: templatesOf(said, 'executableUnfit'),
    cause: 'The executable of {what} has no code for this architecture, no symbols, or is no whole Mach-O file.',
    remedy: 'Build it again for the architecture of the Mac, and strip it with strip -S at most.',
    anchor: executable,
    example: '/Library/Extensions/Turbine.kext has no executable for architecture arm64e.',
  },
  {
    ...row,
    id: 'loadTools.linkImpossible',
    patterns: templatesOf(said, 'linkImpossible'),
    summary: true,
    cause:
      'The kext could not be linked outside the kernel: a library, or the kernel itself, could not be linked before it.',
    remedy: 'Read the lines before it, which name what did not link.',
    anchor: infoPlist('OSBundleLibraries'),
    example: '/Library/Extensions/Turbine.kext - Link error 5 for "org.sample.driver.Turbine"',
  },
  {
    ...row,
    id: 'loadTools.kernelNotAsked',
    patterns: templatesOf(said, 'kernelNotAsked'),
    cause: 'The tool did not get through to the kernel, or did not understand its answer, so nothing was loaded.',
    remedy: 'Try again as root. On macOS 11 and later use kmutil; where it persists, restart the Mac.',
    anchor: environment,
    example: 'Failed to read loaded kext info from kernel - (libkern/kext) not privileged.',
  },
  {
    ...row,
    id: 'loadTools.notStopped',
    patterns: templatesOf(said, 'failedToStop'),
    cause: '{what} was started and could not be stopped again: its stop function returned an error.',
    remedy: 'Look at each return of the module stop function, and at the (kernel) lines before it.',
    anchor: moduleFunction('stop'),
    example: 'Failed to stop /Library/Extensions/Turbine.kext - (libkern/kext) kext (kmod) start/stop routine failed.',
  },
  {
    ...row,
    id: 'loadTools.personalitiesNotSent',
    patterns: templatesOf(said, 'personalitiesNotSent'),
    cause: 'The kext may be loaded, and its personalities did not get to the IOCatalogue: no driver of it will match.',
    remedy: 'Check IOKitPersonalities of its Info.plist, and the name of a personality that was asked for.',
    anchor: infoPlist('IOKitPersonalities'),
    example: 'Failed to send personalities for /Library/Extensions/Turbine.kext - (libkern/kext) invalid argument.',
  },
  {
    ...row,
    id: 'loadTools.loadInfoUnread',
    patterns: templatesOf(said, 'loadInfoUnread'),
    cause: 'The kext may be loaded; the tool could not read from the kernel what came of it.',
    remedy: 'Look whether it is listed: kextstat -b, or kmutil showloaded -b.',
    anchor: environment,
    example: 'Failed to read load info for kexts - (libkern/kext) not privileged.',
  },
  {
    ...row,
    id: 'loadTools.notAudited',
    patterns: templatesOf(said, 'notAudited'),
    cause:
      'A Mac with a T2 chip writes each load of a kext down there, and that did not work; the load may be refused for it.',
    remedy: 'Restart the Mac, which starts the audit anew, and load the kext again.',
    anchor: environment,
    example: 'Could not notify bridge of kext load.',
  },
];
