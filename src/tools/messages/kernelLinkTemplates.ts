/**
 * What the kernel's linker says (xnu: libkern/kxld), which kextutil(8) runs too: every line carries the kext in brackets.
 * A message that ends in a colon is followed by items, one a line, each behind a tab.
 */
export const kernelLinkTemplates = {
  symbolsUnresolved: ['kxld[{kext}]: The following symbols are unresolved for this kext:'],
  symbolsDefinedTwice: ['kxld[{kext}]: The following symbols were defined more than once:'],
  commonSymbols: [
    'kxld[{kext}]: The following common symbols were not resolved:',
    'kxld[{kext}]: Common symbols are not supported in kernel extensions. {*}',
  ],
  obsoleteSymbol: ['kxld[{kext}]: This kext uses obsolete symbol {symbol}.'],
  weakReferencesUntested: ['kxld[{kext}]: This kext has weak references but does not test for them. {*}'],
  superclassFinal: ["kxld[{kext}]: Class '{class}' is a subclass of final class '{superclass}'."],
  vtableMissing: ["kxld[{kext}]: Cannot find the vtable '{vtable}' for class '{class}'. {*}"],
  vtableMalformed: ["kxld[{kext}]: The vtable '{vtable}' is malformed. {*}"],
  superclassVtableOutdated: [
    "kxld[{kext}]: The super class vtable '{superclassVtable}' for vtable '{vtable}' is out of date. {*}",
  ],
  methodNotImplemented: [
    "kxld[{kext}]: The {vtable} is unpatchable because its class declares the method '{method}' without providing an implementation.",
  ],
  superclassVtableNotPatched: [
    'kxld[{kext}]: The {vtable} was not patched because its parent, the {superclassVtable}, was not {*}.',
  ],
  pureVirtualCalled: ['kxld[{kext}]: This kext calls a pure virtual function. {*}'],
  classMacrosMissing: ['kxld[{kext}]: Warning: relocation failed because some class in this kext {*}'],
  kmodInfoMissing: ['kxld[{kext}]: The kext is missing its kmod_info structure.'],
  architectureNotLinked: [
    'kxld[{kext}]: The kext does not contain a fat slice for the target architecture.',
    'kxld[{kext}]: The target architecture ({*}) is not supported by kxld.',
  ],
  executableMalformed: [
    'kxld[{kext}]: The Mach-O filetype {*} is not supported on the target architecture.',
    'kxld[{kext}]: The Mach-O file has been truncated. {*}',
    'kxld[{kext}]: The Mach-O file is malformed: {*}',
    'kxld[{kext}]: A relocation entry has overflowed. {*}',
  ],
  linkerItem: ['kxld[{kext}]:\t{item}', 'kxld[{kext}]: \t{item}'],
  linkerMessage: ['kxld[{kext}]: {message}'],
} as const;
