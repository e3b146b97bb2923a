import { type CatalogueRow, classNamed } from './catalogueRow.ts';

const row = { component: 'kxld', code: 0xdc008016, severity: 'error', problem: 'loadFailed' } as const;

/** What kxld says of classes, whose vtables it patches. */
export const linkingVtableRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'linking.finalSuperclass',
    patterns: ["Class '{class}' is a subclass of final class '{superclass}'."],
    cause: '{superclass} is declared final, so {class} may not derive from it.',
    remedy: 'Derive from another class, or use the final one as a member.',
    anchor: classNamed(),
    example: "kxld[org.sample.driver.Turbine]: Class 'RotorX' is a subclass of final class 'Rotor'.",
  },
  {
    ...row,
    id: 'linking.vtableMissing',
    patterns: [
      "Cannot find the vtable '{vtable}' for class '{class}'. This vtable symbol is required for binary compatibility, and it may have been stripped.",
    ],
    frequency: 'common',
    cause: 'The vtable of {class} has no symbol: an OSDefine macro is missing, or the symbols were stripped.',
    remedy: 'Define the class with OSDefineMetaClassAndStructors, and strip nothing but debug symbols (strip -S).',
    anchor: classNamed(),
    example:
      "kxld[org.sample.driver.Turbine]: Cannot find the vtable '__ZTV5Rotor' for class 'Rotor'. This vtable symbol is required for binary compatibility, and it may have been stripped.",
  },
  {
    ...row,
    id: 'linking.vtableMalformed',
    patterns: [
      "The vtable '{vtable}' is malformed. Make sure your kext has been built against the correct headers.",
      "The super class vtable '{*}' for vtable '{vtable}' is out of date. Make sure {*}",
    ],
    cause:
      'The vtable {vtable|of a class} has another layout than the superclass that is loaded: the kext was built with other headers.',
    remedy: 'Build with the SDK of the system that it runs on, or an older one, and rebuild the kexts it derives from.',
    anchor: classNamed(),
    example:
      "kxld[org.sample.driver.Turbine]: The vtable '__ZTV5Rotor' is malformed. Make sure your kext has been built against the correct headers.",
  },
  {
    ...row,
    id: 'linking.unpatchable',
    patterns: [
      "The {*} is unpatchable because its class declares the method '{method}' without providing an implementation.",
      'The {*} was not patched because its parent, the {*}, was not {*}.',
    ],
    cause:
      'A class declares the virtual method {method|that the line names} and nobody defines it, so its vtable cannot be completed; the vtables of its subclasses neither.',
    remedy: 'Define the method, or declare it pure virtual and the class abstract.',
    anchor: classNamed(),
    example:
      "kxld[org.sample.driver.Turbine]: The vtable for Rotor is unpatchable because its class declares the method '__ZN5Rotor4spinEv' without providing an implementation.",
  },
  {
    ...row,
    id: 'linking.pureVirtual',
    patterns: [
      "This kext calls a pure virtual function. Make sure your kext's OSObject-derived classes implement all pure virtual functions.",
    ],
    cause: 'A class that is not abstract leaves a pure virtual function of its superclass without a definition.',
    remedy: 'Define it, or use OSDefineMetaClassAndAbstractStructors.',
    anchor: classNamed(),
    example:
      "kxld[org.sample.driver.Turbine]: This kext calls a pure virtual function. Make sure your kext's OSObject-derived classes implement all pure virtual functions.",
  },
  {
    ...row,
    id: 'linking.macrosMissing',
    patterns: [
      "Warning: relocation failed because some class in this kext didn't use the OSDeclareDefaultStructors and OSDefineMetaClassAndStructors, or didn't export all vtable symbols, so it still references {symbol}, {*}",
    ],
    cause: 'A class derives from OSObject without the macros of libkern, and so still refers to {symbol}.',
    remedy: 'Give it OSDeclareDefaultStructors and OSDefineMetaClassAndStructors, and do not hide its vtable.',
    anchor: classNamed(),
    example:
      "kxld[org.sample.driver.Turbine]: Warning: relocation failed because some class in this kext didn't use the OSDeclareDefaultStructors and OSDefineMetaClassAndStructors, or didn't export all vtable symbols, so it still references ___cxa_pure_virtual, and the load fails",
  },
];
