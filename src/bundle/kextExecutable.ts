import { definedClasses, type LibkernClass } from './libkernClasses.ts';
import { type MachOProblem, readMachO } from './machO.ts';

/** The code of a kext. */
export interface KextExecutable {
  readonly file: string;
  /** LC_UUID of the first architecture that has one, upper case, 8-4-4-4-12. */
  readonly uuid: string | undefined;
  /** LC_UUID by architecture (`x86_64`, `arm64e`, …), in the order of the file. */
  readonly uuids: ReadonlyMap<string, string | undefined>;
  readonly architectures: readonly string[];
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
    classes: [...classes.values()],
  };
}
