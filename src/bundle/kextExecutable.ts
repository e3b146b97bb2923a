import { definedClasses, type LibkernClass } from './libkernClasses.ts';
import { type MachOProblem, readMachO } from './machO.ts';
import type { MachOSlice } from './machOSlice.ts';

/** The code of a kext. */
export interface KextExecutable {
  readonly file: string;
  /** LC_UUID of the first architecture that has one, upper case, 8-4-4-4-12. */
  readonly uuid: string | undefined;
  /** LC_UUID by architecture (`x86_64`, `arm64e`, …), in the order of the file. */
  readonly uuids: ReadonlyMap<string, string | undefined>;
  readonly architectures: readonly string[];
  /** Bytes of memory that it takes once it is linked, by architecture; of object files (`MH_OBJECT`) that is not known. */
  readonly memory: ReadonlyMap<string, { readonly least: bigint; readonly most: bigint }>;
  /** The libkern classes of all architectures. */
  readonly classes: readonly LibkernClass[];
}

/** The facts of a kext's executable; a problem that reads on from the file's name where the bytes are no Mach-O file. */
export function readKextExecutable(bytes: Uint8Array, file: string): KextExecutable | MachOProblem {
  const read = readMachO(bytes);
  if ('problem' in read) return read;
  const uuids = new Map(read.slices.map(({ architecture, uuid }) => [architecture, uuid]));
  const classes = new Map<string, LibkernClass>();
  for (const found of read.slices.flatMap(definedClasses)) {
    if (classes.get(found.name)?.superclass === undefined) classes.set(found.name, found);
  }
  return {
    file,
    uuid: read.slices.find(({ uuid }) => uuid !== undefined)?.uuid,
    uuids,
    architectures: [...uuids.keys()],
    memory: new Map(read.slices.flatMap(memoryOf)),
    classes: [...classes.values()],
  };
}

/** The kernel's linker may add a table of its own, and takes __LINKEDIT away after the load where no one keeps symbols. */
function memoryOf({ architecture, fileType, segments }: MachOSlice): [string, { least: bigint; most: bigint }][] {
  if (fileType !== 'kext bundle') return [];
  const sizeOf = (all: typeof segments) => all.reduce((sum, { size }) => sum + size, 0n);
  const least = sizeOf(segments.filter(({ name }) => name !== '__LINKEDIT'));
  return [[architecture, { least, most: sizeOf(segments) + linkersRoom }]];
}

/** 64 KiB. */
const linkersRoom = 0x10000n;
