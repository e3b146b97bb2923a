import { loadTemplates as tool } from '../../tools/kext/loadText.ts';
import { kernelLoadTemplates as kernel } from '../../tools/messages/kernelLoadTemplates.ts';
import { type CatalogueRow, infoPlist, templatesOf } from './catalogueRow.ts';
import { finding } from './finding.ts';

const row = { component: 'kext library', code: 0xdc00800e, severity: 'error', problem: 'loadFailed' } as const;
const libraries = infoPlist('OSBundleLibraries');

/** Libraries that a kext may not name or must name, by the kext library and by the kernel; and the kernel's own findings. */
export const dependencyRuleRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'dependencies.kernelAndComponents',
    patterns: ['Libraries declared for both com.apple.kernel and a com.apple.kernel.* component.'],
    cause: 'OSBundleLibraries names the kernel as a whole and a part of it.',
    remedy: 'Name the com.apple.kpi.* libraries that you use instead of both.',
    anchor: libraries,
    example: 'Libraries declared for both com.apple.kernel and a com.apple.kernel.* component.',
  },
  {
    ...row,
    id: 'dependencies.kernelForbidden',
    patterns: [
      '64-bit kexts must use com.apple.kpi.* libraries, not com.apple.kernel* libraries.',
      ...finding('64-bit kexts must use com.apple.kpi.* libraries, not com.apple.kernel* libraries', 'library'),
      'Kexts may not link against com.apple.kernel; use either com.apple.kpi.* {*}',
      'Kexts may not link against com.apple.kernel; {*}',
    ],
    cause: 'OSBundleLibraries names com.apple.kernel or a part of it, which was for 32-bit kexts.',
    remedy: 'Name the com.apple.kpi.* libraries that you use: bsd, iokit, libkern, mach.',
    anchor: libraries,
    example: '64-bit kexts must use com.apple.kpi.* libraries, not com.apple.kernel* libraries.',
  },
  {
    ...row,
    id: 'dependencies.privateForbidden',
    patterns: ['Only Apple kexts may link against com.apple.kpi.private.'],
    cause: 'OSBundleLibraries names com.apple.kpi.private, which is for Apple’s kexts alone.',
    remedy: 'Drop it, and what you use of it; com.apple.kpi.unsupported has some of it.',
    anchor: infoPlist('OSBundleLibraries.com.apple.kpi.private'),
    example: 'Only Apple kexts may link against com.apple.kpi.private.',
  },
  {
    ...row,
    id: 'dependencies.interfaceKext',
    patterns: ['Interface kext must have exactly one dependency.', ...templatesOf(tool, 'interfaceWrong')],
    cause: 'OSBundleIsInterface is true, and OSBundleLibraries does not name exactly one library.',
    remedy: 'Drop OSBundleIsInterface: it is for kexts that only re-export another’s symbols.',
    anchor: infoPlist('OSBundleIsInterface'),
    example: 'Interface kext must have exactly one dependency.',
  },
  {
    ...row,
    id: 'dependencies.kernelNotFound',
    component: 'kernel',
    patterns: templatesOf(kernel, 'libraryMissing', 'not found'),
    frequency: 'common',
    cause: 'The kernel does not have {library}, which {kext} is linked against.',
    remedy: 'Correct its name in OSBundleLibraries, or load it first.',
    anchor: infoPlist('OSBundleLibraries.{library}'),
    example: '(kernel) Kext org.sample.driver.Turbine - library kext org.sample.driver.Pump not found.',
  },
  {
    ...row,
    id: 'dependencies.notPrelinked',
    component: 'kernel',
    patterns: templatesOf(kernel, 'libraryMissing', 'not prelinked'),
    cause: '{kext} is in a prelinked kernel or a collection, and {library} is not: the cache is out of date.',
    remedy: 'Rebuild the cache (touch /Library/Extensions, or kmutil), and restart.',
    anchor: infoPlist('OSBundleLibraries.{library}'),
    example:
      '(kernel) Kext org.sample.driver.Turbine (prelinked) - library kext org.sample.driver.Pump (v1.0) not prelinked.',
  },
  {
    ...row,
    id: 'dependencies.kernelIncompatible',
    component: 'kernel',
    patterns: templatesOf(kernel, 'libraryIncompatible'),
    cause:
      '{library} is loaded, and the version {version|that is asked for} does not lie between its OSBundleCompatibleVersion and its CFBundleVersion.',
    remedy: 'Ask for a version between the two, or unload the library and load the one that fits.',
    anchor: infoPlist('OSBundleLibraries.{library}'),
    example:
      '(kernel) Kext org.sample.driver.Turbine - library kext org.sample.driver.Pump not compatible with requested version 2.0.',
  },
  {
    ...row,
    id: 'dependencies.malformed',
    component: 'kernel',
    patterns: templatesOf(
      kernel,
      'librariesMalformed',
      'invalid library version',
      'illegal type',
      'missing/invalid type',
    ),
    cause: 'OSBundleLibraries of {kext} is no dictionary of identifiers to version strings.',
    remedy: 'Write each entry as <key>com.apple.kpi.iokit</key><string>8.0</string>.',
    anchor: libraries,
    example: '(kernel) Kext org.sample.driver.Turbine - illegal type in OSBundleLibraries.',
  },
  {
    ...row,
    id: 'dependencies.loop',
    component: 'kernel',
    patterns: templatesOf(kernel, 'librariesMalformed', 'dependency loop'),
    cause: '{kext} depends, perhaps through others, on itself.',
    remedy: 'Move what both need into a third kext.',
    anchor: libraries,
    example: "(kernel) Kext org.sample.driver.Turbine has a dependency loop; can't resolve dependencies.",
  },
  {
    ...row,
    id: 'dependencies.notPermitted',
    component: 'kernel',
    patterns: templatesOf(kernel, 'libraryForbidden'),
    cause: '{kext} names {library}, which it may not be linked against.',
    remedy: 'Name the com.apple.kpi.* libraries that you use instead.',
    anchor: infoPlist('OSBundleLibraries.{library}'),
    example:
      '(kernel) Error - kext org.sample.driver.Turbine declares a dependency on com.apple.kernel, which is not permitted.',
  },
  {
    id: 'dependencies.kernelWarning',
    component: 'kernel',
    patterns: templatesOf(kernel, 'libraryWarning'),
    severity: 'warning',
    cause: 'OSBundleLibraries of {kext} names no com.apple.kpi.* library, or those of two styles.',
    remedy: 'Name the com.apple.kpi.* libraries that you use, and none of com.apple.kernel.*.',
    anchor: libraries,
    example:
      '(kernel) Warning - kext org.sample.driver.Turbine declares no com.apple.kpi.* dependencies. If it uses any KPIs, the link may fail with undefined symbols.',
  },
];
