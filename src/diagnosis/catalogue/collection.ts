import { type CatalogueRow, classNamed, executable, infoPlist, moduleFunction } from './catalogueRow.ts';

const row = { component: 'collection builder', severity: 'error', problem: 'loadFailed' } as const;

/**
 * What the builder of kernel collections says inside kmutil's error 31 (macOS 11 and later). One kext that does not link
 * keeps all others out, so the kext that is named may be another vendor's.
 */
export const collectionRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'collection.symbolNotExported',
    patterns: [
      "Failed to bind '{symbol}' in '{kext}' (at offset {*}) as could not find a kext which exports this symbol",
      "Failed to bind '{symbol}' in '{kext}' as could not find a kext which exports this symbol",
    ],
    frequency: 'common',
    cause: 'None of the libraries of {kext} exports {symbol}.',
    remedy:
      'Where {kext} is yours: run kmutil libraries -p on it and add the library, or the source file. Where it is not, mend or remove that kext: it keeps yours out.',
    anchor: infoPlist('OSBundleLibraries'),
    example:
      "Failed to bind '__ZN5Rotor4spinEv' in 'org.sample.driver.Turbine' (at offset 0x40 in __DATA, __got) as could not find a kext which exports this symbol",
  },
  {
    ...row,
    id: 'collection.libraryNotFound',
    patterns: ["Failed to bind '{symbol}' in '{kext}' as could not find a kext with '{library}' bundle-id"],
    cause: '{kext} needs {symbol} of {library}, and no such kext goes into the collection.',
    remedy: 'Install {library}, or correct its name in OSBundleLibraries.',
    anchor: infoPlist('OSBundleLibraries.{library}'),
    example:
      "Failed to bind '__ZN4Pump5primeEv' in 'org.sample.driver.Turbine' as could not find a kext with 'org.sample.driver.Pump' bundle-id",
  },
  {
    ...row,
    id: 'collection.weakNotDefined',
    patterns: [
      "Failed to bind weak '{symbol}' as could not find a define in self",
      "Weak bind symbol '{symbol}' not found in kernel",
    ],
    cause: 'The kext imports {symbol} weakly, and nobody defines it.',
    remedy: 'Define it in the kext, or drop the weak import.',
    anchor: classNamed(),
    example: "Failed to bind weak '__ZdlPv' as could not find a define in self",
  },
  {
    ...row,
    id: 'collection.weakUntested',
    patterns: [
      'Has weak references but does not test for them. {*}',
      'Has weak references but does not test for them.',
    ],
    cause: 'The kext imports symbols weakly and never asks whether they were found.',
    remedy: 'Ask with OSKextSymbolIsResolved() before the use, or import them strongly.',
    anchor: executable,
    example:
      'Has weak references but does not test for them. Test for weak references with OSKextSymbolIsResolved(). (found in <libkern/OSKextLib.h>)',
  },
  {
    ...row,
    id: 'collection.vtableMalformed',
    patterns: ["Malformed vtable.  Super class '{superclass}' has {*} entries vs subclass '{class}' with {*} entries"],
    cause:
      '{class} was built with other headers of {superclass} than the kext that has it: the vtables differ in length.',
    remedy: 'Build with the SDK of the system that it runs on, and rebuild both kexts where both are yours.',
    anchor: classNamed(),
    example: "Malformed vtable.  Super class 'Pump' has 42 entries vs subclass 'Turbine' with 40 entries",
  },
  {
    ...row,
    id: 'collection.superclassNotExported',
    patterns: ["Superclass vtable '{vtable}' is not exported from '{kext}' or its dependencies"],
    cause: '{kext} derives from a class whose vtable {vtable|that the line names} none of its libraries has.',
    remedy: 'Add the kext of the superclass to OSBundleLibraries.',
    anchor: infoPlist('OSBundleLibraries'),
    example: "Superclass vtable '__ZTV4Pump' is not exported from 'org.sample.driver.Turbine' or its dependencies",
  },
  {
    ...row,
    id: 'collection.vtableNotExported',
    patterns: ["Class vtables '{vtable}' or '{*}' is not exported from '{kext}'"],
    cause:
      'The vtable {vtable|of a class} has no symbol in {kext}: an OSDefine macro is missing, or symbols were hidden or stripped.',
    remedy: 'Define the class with OSDefineMetaClassAndStructors, and strip nothing but debug symbols.',
    anchor: classNamed(),
    example: "Class vtables '__ZTV5Rotor' or '__ZTV5Rotor' is not exported from 'org.sample.driver.Turbine'",
  },
  {
    ...row,
    id: 'collection.metaclassSymbolMissing',
    patterns: ["Cannot find symbol for metaclass pointed to by '{symbol}' in '{kext}'"],
    cause: '{symbol} of {kext} points to a metaclass that has no symbol.',
    remedy:
      'Do not hide or strip the symbols of classes, and use both macros: OSDeclare in the class, OSDefine in the source.',
    anchor: classNamed(),
    example: "Cannot find symbol for metaclass pointed to by '__ZN5Rotor10superClassE' in 'org.sample.driver.Turbine'",
  },
  {
    ...row,
    id: 'collection.vtableUnpatched',
    patterns: ["Found unpatched vtable: '{vtable}' with unpatched superclass '{superclass}'"],
    cause: 'The vtable {vtable|of a class} could not be completed, because that of {superclass} was not.',
    remedy: 'Mend what is said of {superclass} first.',
    anchor: classNamed(),
    example: "Found unpatched vtable: '__ZTV5Rotor' with unpatched superclass '__ZTV9RotorBase'",
  },
  {
    ...row,
    id: 'collection.kmodInfoVersion',
    patterns: ['unsupported kmod_info version of {version:d}'],
    cause:
      'kmod_info has the version {version|that the line names}, and only 1 is known: the structure is damaged, or not the kext’s.',
    remedy: 'Let KMOD_EXPLICIT_DECL or Xcode write it, and rebuild.',
    anchor: moduleFunction('start or stop'),
    example: 'unsupported kmod_info version of 0',
  },
  {
    ...row,
    id: 'collection.noText',
    patterns: ["in '{path}' missing __TEXT segment"],
    cause: 'The executable {path|that the line names} has no code.',
    remedy: 'Rebuild that kext; where it is not yours, remove or mend it: it keeps all others out.',
    anchor: executable,
    example: "in '/Library/StagedExtensions/Library/Extensions/Pump.kext/Contents/MacOS/Pump' missing __TEXT segment",
  },
  {
    ...row,
    id: 'collection.notPlaced',
    patterns: [
      "Could not use '{kext}' because: cannot be placed in kernel collection",
      'because: kexts must have a _kmod_info symbol',
      'kexts must have a _kmod_info symbol',
    ],
    cause: 'The executable of {kext} is not built as a kext: it cannot stand in a collection.',
    remedy: 'Build it as MH_KEXT_BUNDLE and with a kmod_info (KMOD_EXPLICIT_DECL, or what Xcode writes).',
    anchor: executable,
    example: "Could not use 'org.sample.driver.Turbine' because: cannot be placed in kernel collection",
  },
  {
    ...row,
    id: 'collection.notUsed',
    patterns: ["Could not use '{kext}' because: {reason}"],
    summary: true,
    cause:
      '{kext} cannot go into the collection, for the reason behind "because". The collection is built for all kexts or for none.',
    remedy: 'Where {kext} is yours, mend what is named. Where it is not, mend or remove that kext.',
    anchor: executable,
    example: "1: Could not use 'org.sample.driver.Turbine' because: its segments overlap",
  },
  {
    ...row,
    id: 'collection.notLinked',
    patterns: ['One or more binaries has an error which prevented linking. See other errors.'],
    summary: true,
    cause: 'At least one kext did not link; the items say which and why.',
    remedy: 'Read the other items.',
    anchor: executable,
    example: 'One or more binaries has an error which prevented linking.  See other errors.',
  },
];
