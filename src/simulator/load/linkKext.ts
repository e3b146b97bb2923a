import type { MachOSlice } from '../../bundle/machOSlice.ts';
import { nestedName } from '../../bundle/nestedName.ts';
import { type InstalledKext, runningSlice } from './installedKext.ts';
import type { KernelExports } from './kernelExports.ts';

const fileTypeNumbers: Readonly<Record<string, number>> = { object: 1, executable: 2, dylib: 6, bundle: 8, dSYM: 10 };

/**
 * What the kernel's linker (libkern/kxld) has against a kext, as its lines without the kext's name; none where it links.
 * A kext that was built without Apple's linker and says so need not have the file type of one.
 */
export function linkProblems(kext: InstalledKext, kernel: KernelExports): readonly string[] {
  const slice = runningSlice(kext);
  if (slice === undefined) return [];
  const { fileType } = slice;
  if (fileType !== 'kext bundle' && !kext.infoPlist.crossBuilt) {
    const number = typeof fileType === 'number' ? fileType : (fileTypeNumbers[fileType] ?? 0);
    return [`The Mach-O filetype 0x${number.toString(16)} is not supported on the target architecture.`];
  }
  const missing = missingVtables(slice, kext.infoPlist.crossBuilt ? 'gMetaClass' : 'superClass');
  if (missing.length > 0) return missing;
  const unresolved = unresolvedSymbols(kext, slice, kernel);
  if (unresolved.length === 0) return [];
  return ['The following symbols are unresolved for this kext:', ...unresolved.map(name => `\t${name}`)];
}

/**
 * The linker patches the vtable of each class, which it finds by the class's pointer to its superclass, `superClass`. The
 * Simulated Mac's headers declare none, so that there a class is known by its metaclass.
 */
function missingVtables(slice: MachOSlice, member: 'superClass' | 'gMetaClass'): readonly string[] {
  const defined = new Set(slice.symbols.filter(symbol => symbol.defined).map(({ name }) => name));
  return [...defined].flatMap(name => {
    const parts = nestedName(name);
    if (parts?.at(-1) !== member || parts.length < 2) return [];
    const names = parts.slice(0, -1).map(part => `${part.length}${part}`);
    const vtable = `__ZTV${names.length === 1 ? names[0] : `N${names.join('')}E`}`;
    if (defined.has(vtable)) return [];
    const told = `Cannot find the vtable '${vtable}' for class '${parts.slice(0, -1).join('::')}'.`;
    return [`${told} This vtable symbol is required for binary compatibility, and it may have been stripped.`];
  });
}

/**
 * A symbol that the kernel has must come from a library that the kext declares. One that it does not have is missing,
 * unless somebody may have it whose exports are not known here: another library, or a Mac's kernel for a kext that was
 * built for one.
 */
function unresolvedSymbols(kext: InstalledKext, slice: MachOSlice, kernel: KernelExports): readonly string[] {
  const { libraries, crossBuilt } = kext.infoPlist;
  const others = [...libraries.keys()].some(library => !library.startsWith('com.apple.kpi.'));
  const names = slice.symbols.filter(({ defined, name }) => !defined && name !== 'dyld_stub_binder');
  const unresolved = names.filter(({ name }) => {
    const library = kernel.libraryOf(name);
    return library === undefined ? crossBuilt && !others : !libraries.has(library);
  });
  return [...new Set(unresolved.map(({ name }) => name))].sort();
}
