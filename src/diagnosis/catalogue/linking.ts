import { bundle, type CatalogueRow, classNamed, executable, infoPlist, moduleFunction } from './catalogueRow.ts';

const linkError = 0xdc008016;
const row = { component: 'kxld', code: linkError, severity: 'error', problem: 'loadFailed' } as const;

/** What kxld says of symbols and of the file: the linker of the kernel on Intel, and of kextutil before macOS 11. */
export const linkingRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'linking.unresolved',
    patterns: ['The following symbols are unresolved for this kext:'],
    itemField: 'symbol',
    frequency: 'commonest',
    cause:
      'None of the declared libraries has {symbol}: the library is missing in OSBundleLibraries, or a source file of your own in the target.',
    remedy:
      'Ask for the library by kextlibs -xml -undef-symbols, or kmutil libraries. A symbol of your own class means that its file is not built.',
    anchor: infoPlist('OSBundleLibraries'),
    example:
      'kxld[org.sample.driver.Turbine]: The following symbols are unresolved for this kext:\nkxld[org.sample.driver.Turbine]: \t__ZN5Rotor4spinEv',
  },
  {
    ...row,
    id: 'linking.definedTwice',
    patterns: ['The following symbols were defined more than once:'],
    itemField: 'symbol',
    cause: 'Two files of the kext, or the kext and a library, define {symbol}.',
    remedy: 'Make one of them static, or put your names into a namespace of their own.',
    anchor: classNamed(),
    example:
      'kxld[org.sample.driver.Turbine]: The following symbols were defined more than once:\nkxld[org.sample.driver.Turbine]: \t_gRotors: 0x1040 - 0x2080',
  },
  {
    ...row,
    id: 'linking.commonSymbols',
    patterns: [
      'The following common symbols were not resolved:',
      'Common symbols are not supported in kernel extensions. Use -fno-common to build your kext. The following are common symbols:',
    ],
    itemField: 'symbol',
    cause:
      'C files declare {symbol} without a value and without extern, which makes a common symbol; a kext may have none.',
    remedy: 'Build with -fno-common, and declare it extern in the header and once in a source file.',
    anchor: bundle,
    example: 'kxld[org.sample.driver.Turbine]: The following common symbols were not resolved:',
  },
  {
    id: 'linking.obsoleteSymbol',
    component: 'kxld',
    patterns: ['This kext uses obsolete symbol {symbol}.'],
    severity: 'warning',
    cause: '{symbol} is still there and will go.',
    remedy: 'Use what its header names instead.',
    anchor: bundle,
    example: 'kxld[org.sample.driver.Turbine]: This kext uses obsolete symbol _IODelay_old.',
  },
  {
    ...row,
    id: 'linking.weakUntested',
    patterns: [
      'This kext has weak references but does not test for them. Test for weak references with OSKextSymbolIsResolved(). (found in <libkern/OSKextLib.h>)',
    ],
    cause: 'The kext imports symbols weakly and never asks whether they were found.',
    remedy: 'Ask with OSKextSymbolIsResolved() before the use, or import them strongly.',
    anchor: bundle,
    example:
      'kxld[org.sample.driver.Turbine]: This kext has weak references but does not test for them. Test for weak references with OSKextSymbolIsResolved(). (found in <libkern/OSKextLib.h>)',
  },
  {
    ...row,
    id: 'linking.noKmodInfo',
    patterns: ['The kext is missing its kmod_info structure.'],
    cause: 'The executable has no kmod_info: it was not built as a kext.',
    remedy: 'Use the target type for kernel extensions, or KMOD_EXPLICIT_DECL, and link with -kext.',
    anchor: moduleFunction('start or stop'),
    example: 'kxld[org.sample.driver.Turbine]: The kext is missing its kmod_info structure.',
  },
  {
    ...row,
    id: 'linking.noSlice',
    patterns: [
      'The kext does not contain a fat slice for the target architecture.',
      'The target architecture (cputype {*}) is not supported by kxld.',
      'The Mach-O filetype {*} is not supported on the target architecture.',
    ],
    cause: 'The executable has no code for this kernel’s processor, or is no Mach-O of the kind of a kext.',
    remedy: 'Build for the architecture of the Mac: arm64e on Apple silicon, x86_64 on Intel.',
    anchor: executable,
    example: 'kxld[org.sample.driver.Turbine]: The kext does not contain a fat slice for the target architecture.',
  },
  {
    ...row,
    id: 'linking.malformed',
    patterns: [
      'The Mach-O file has been truncated. {*}',
      'The Mach-O file is malformed: {detail}',
      'A relocation entry has overflowed. {*}',
    ],
    cause: 'The executable is cut off or damaged, or too large for its relocations.',
    remedy: 'Build from clean and install again; compare the size of both files.',
    anchor: executable,
    example: 'kxld[org.sample.driver.Turbine]: The Mach-O file is malformed: Invalid segment range.',
  },
  {
    id: 'linking.item',
    component: 'kxld',
    patterns: ['kxld[{kext}]: {symbol}'],
    item: true,
    severity: 'error',
    cause:
      'A message of the linker lists {symbol}, mostly as one that is in none of the libraries of {kext}; its line above says which message it is.',
    remedy:
      'Read the kxld line above it. For symbols that are not resolved run kextlibs -xml -undef-symbols, or kmutil libraries.',
    anchor: infoPlist('OSBundleLibraries'),
    example: 'kxld[org.sample.driver.Turbine]: \t__ZN5Rotor4spinEv',
    problem: 'loadFailed',
  },
  {
    ...row,
    id: 'linking.checkLibraries',
    component: 'kextutil',
    patterns: ['Check library declarations for your kext with kextlibs(8).'],
    summary: true,
    cause: 'The link failed, and the tool suspects a library that is not declared.',
    remedy: 'Run kextlibs on the bundle, and compare with OSBundleLibraries.',
    anchor: infoPlist('OSBundleLibraries'),
    example: 'Check library declarations for your kext with kextlibs(8).',
  },
];
