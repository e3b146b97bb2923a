import { fileOffsetOf } from './machOLoadCommands.ts';
import type { MachOSlice } from './machOSlice.ts';
import { nestedName } from './nestedName.ts';

/** A libkern class that a binary defines. */
export interface LibkernClass {
  /** Its name at run time: what OSMetaClass registers, ioclasscount prints and a personality's IOClass says. */
  readonly name: string;
  /** Its direct superclass; undefined where the binary does not tell (objects, chained fixups, stripped symbols). */
  readonly superclass: string | undefined;
}

/**
 * The classes that a slice defines: each has a symbol `<class>::gMetaClass`, and a pointer `<class>::superClass` to the
 * gMetaClass of its superclass (libkern/c++/OSMetaClass.h, OSDefineMetaClassWithInit). In the order of their names.
 * Instances of the template OSValueObject are not among them.
 */
export function definedClasses(slice: MachOSlice): readonly LibkernClass[] {
  const metaClassAt = new Map<bigint, string>();
  const superPointers = new Map<string, bigint>();
  for (const { name, defined, address } of slice.symbols) {
    if (!defined) continue;
    const className = classOf(name, 'gMetaClass');
    if (className !== undefined) metaClassAt.set(address, className);
    const subclassName = classOf(name, 'superClass');
    if (subclassName !== undefined) superPointers.set(subclassName, address);
  }
  const superclassOf = (name: string): string | undefined => {
    const pointer = superPointers.get(name);
    return pointer === undefined ? undefined : pointedClass(slice, pointer, metaClassAt);
  };
  return [...new Set(metaClassAt.values())].sort().map(name => ({ name, superclass: superclassOf(name) }));
}

function pointedClass(
  slice: MachOSlice,
  pointer: bigint,
  metaClassAt: ReadonlyMap<bigint, string>,
): string | undefined {
  // In an object, and in a chain, what stands in the file is no address.
  if (slice.chainedFixups || slice.fileType === 'object') return undefined;
  const imported = slice.boundPointers.get(pointer);
  if (imported !== undefined) return classOf(imported, 'gMetaClass');
  const offset = fileOffsetOf(slice.segments, pointer, slice.is64Bit ? 8 : 4);
  if (offset === undefined) return undefined;
  return metaClassAt.get(slice.is64Bit ? slice.view.u64(offset) : BigInt(slice.view.u32(offset)));
}

/** The class whose static member `member` a symbol is. Namespaces are no part of a class's name at run time. */
function classOf(symbol: string, member: string): string | undefined {
  if (!symbol.endsWith(`${member.length}${member}E`)) return undefined;
  const names = nestedName(symbol);
  return names?.at(-1) === member ? names.at(-2) : undefined;
}
