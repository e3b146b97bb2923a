import type { MachOSlice } from '../../bundle/machOSlice.ts';
import { nestedName } from '../../bundle/nestedName.ts';
import { type InstalledKext, runningSlice } from './installedKext.ts';
import type { KernelExports } from './kernelExports.ts';

const fileTypeNumbers: Readonly<Record<string, number>> = { object: 1, executable: 2, dylib: 6, bundle: 8, dSYM: 10 };

/** What is wrong with a kext's code for whoever links it. */
export type LinkFault =
  | { readonly fault: 'fileType'; readonly number: number }
  | { readonly fault: 'noVtable'; readonly class: string; readonly vtable: string }
  | { readonly fault: 'unresolved'; readonly symbol: string };

/**
 * What is in the way of linking a kext, faults of one kind; none where it links. A kext that was built without Apple's
 * linker and says so need not have the file type of one.
 */
export function linkFaults(kext: InstalledKext, kernel: KernelExports): readonly LinkFault[] {
  const slice = runningSlice(kext);
  if (slice === undefined) return [];
  const { fileType } = slice;
  if (fileType !== 'kext bundle' && !kext.infoPlist.crossBuilt) {
    const number = typeof fileType === 'number' ? fileType : (fileTypeNumbers[fileType] ?? 0);
    return [{ fault: 'fileType', number }];
  }
  const missing = missingVtables(slice, kext.infoPlist.crossBuilt ? 'gMetaClass' : 'superClass');
  if (missing.length > 0) return missing;
  return unresolvedSymbols(kext, slice, kernel).map(symbol => ({ fault: 'unresolved', symbol }));
}

/** The same in the lines of the kernel's linker (libkern/kxld), without the kext's name before them. */
export function linkProblems(kext: InstalledKext, kernel: KernelExports): readonly string[] {
  const lines = linkFaults(kext, kernel).map(each => {
    if (each.fault === 'fileType')
      return `The Mach-O filetype 0x${each.number.toString(16)} is not supported on the target architecture.`;
    if (each.fault === 'unresolved') return `\t${each.symbol}`;
    const told = `Cannot find the vtable '${each.vtable}' for class '${each.class}'.`;
    return `${told} This vtable symbol is required for binary compatibility, and it may have been stripped.`;
  });
  return lines[0]?.startsWith('\t') ? ['The following symbols are unresolved for this kext:', ...lines] : lines;
}

/**
 * The linker patches the vtable of each class, which it finds by the class's pointer to its superclass, `superClass`. The
 * Simulated Mac's headers declare none, so that there a class is known by its metaclass.
 */
function missingVtables(slice: MachOSlice, member: 'superClass' | 'gMetaClass'): readonly LinkFault[] {
  const defined = new Set(slice.symbols.filter(symbol => symbol.defined).map(({ name }) => name));
  return [...defined].flatMap(name => {
    const parts = nestedName(name);
    if (parts?.at(-1) !== member || parts.length < 2) return [];
    const names = parts.slice(0, -1).map(part => `${part.length}${part}`);
    const vtable = `__ZTV${names.length === 1 ? names[0] : `N${names.join('')}E`}`;
    return defined.has(vtable) ? [] : [{ fault: 'noVtable', class: parts.slice(0, -1).join('::'), vtable }];
  });
}

/**
 * A symbol that the kernel has must come from a library that the kext declares. One that it does not have is missing,
 * unless somebody may have it whose exports are not known here.
 */
function unresolvedSymbols(kext: InstalledKext, slice: MachOSlice, kernel: KernelExports): readonly string[] {
  const mayExport = exportersUnknown(kext);
  return wantedSymbols(slice).filter(name => {
    const library = kernel.libraryOf(name);
    return library === undefined ? mayExport.length === 0 : !kext.infoPlist.libraries.has(library);
  });
}

/** How many symbols cannot be looked for here, and who may export them; undefined where all can. */
export function uncheckedSymbols(
  kext: InstalledKext,
  kernel: KernelExports,
): { readonly count: number; readonly mayExport: readonly string[] } | undefined {
  const slice = runningSlice(kext);
  const mayExport = exportersUnknown(kext);
  if (slice === undefined || mayExport.length === 0) return undefined;
  const count = wantedSymbols(slice).filter(name => kernel.libraryOf(name) === undefined).length;
  return count === 0 ? undefined : { count, mayExport };
}

/** Another library than the kernel's, or a Mac's kernel for a kext that was built for one. */
function exportersUnknown({ infoPlist: { libraries, crossBuilt } }: InstalledKext): readonly string[] {
  const others = [...libraries.keys()].filter(library => !library.startsWith('com.apple.kpi.'));
  return crossBuilt ? others : [...others, 'the kernel of a Mac'];
}

function wantedSymbols({ symbols }: MachOSlice): readonly string[] {
  const names = symbols.filter(({ defined, name }) => !defined && name !== 'dyld_stub_binder').map(({ name }) => name);
  return [...new Set(names)].sort();
}
