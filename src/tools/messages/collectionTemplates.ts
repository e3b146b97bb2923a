/**
 * What the builder of kernel collections says against a kext (dyld, kernel-collection-builder), as kmutil(8) prints it. Each
 * names the kext by its identifier, or by the path of its executable.
 */
export const collectionTemplates = {
  symbolNotBound: [
    "Failed to bind '{symbol}' in '{kext}' (at offset {offset} in {segment}, {section}) as could not find a kext which exports this symbol",
    "Failed to bind '{symbol}' in '{kext}' as could not find a kext which exports this symbol",
  ],
  libraryNotFound: [
    "Failed to bind '{symbol}' in '{kext}' as could not find a kext with '{library}' bundle-id",
    "Failed to bind '{symbol}' in '{kext}' ({*}) as could not find a kext with '{library}' bundle-id",
  ],
  weakSymbolNotBound: ["Failed to bind weak '{symbol}' as could not find a define in self"],
  weakSymbolNotInKernel: ["Weak bind symbol '{symbol}' not found in kernel"],
  weakReferencesUntested: ['Has weak references but does not test for them. {*}'],
  vtableMalformed: [
    "Malformed vtable.  Super class '{superclass}' has {superclassEntries:d} entries vs subclass '{class}' with {entries:d} entries",
    "Malformed vtable. Super class '{superclass}' has {superclassEntries:d} entries vs subclass '{class}' with {entries:d} entries",
  ],
  superclassVtableNotExported: ["Superclass vtable '{vtable}' is not exported from '{kext}' or its dependencies"],
  vtablesNotExported: ["Class vtables '{vtable}' or '{metaclassVtable}' is not exported from '{kext}'"],
  metaclassSymbolMissing: ["Cannot find symbol for metaclass pointed to by '{symbol}' in '{kext}'"],
  vtableUnpatched: ["Found unpatched vtable: '{vtable}' with unpatched superclass '{superclassVtable}'"],
  kmodInfoVersionUnsupported: ['unsupported kmod_info version of {version:d}'],
  textSegmentMissing: ["in '{file}' missing __TEXT segment"],
  notPlaced: ['cannot be placed in kernel collection because: {reason}'],
  linkingPrevented: ['One or more binaries has an error which prevented linking.  {*}'],
} as const;
