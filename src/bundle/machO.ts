import { ByteView, DamagedBytes } from './byteView.ts';
import { architectureName } from './machOArchitecture.ts';
import { type MachOSlice, readSlice } from './machOSlice.ts';

/** A Mach-O file: one slice, or several architectures in a fat file. */
export interface MachOFile {
  readonly fat: boolean;
  readonly slices: readonly MachOSlice[];
}

/** Why bytes are no Mach-O file that can be read; reads on from the file's name. */
export interface MachOProblem {
  readonly problem: string;
}

const fatMagic = 0xcafebabe;
const fatMagic64 = 0xcafebabf;
/** A Java class file has the fat magic too, and 45 or more where the number of architectures stands. */
const mostArchitectures = 40;

const otherKinds: readonly (readonly [string, readonly number[]])[] = [
  ['an ELF file, made for Linux', [0x7f, 0x45, 0x4c, 0x46]],
  ['a static library', [0x21, 0x3c, 0x61, 0x72, 0x63, 0x68, 0x3e]],
  ['a script', [0x23, 0x21]],
  ['LLVM bitcode', [0x42, 0x43, 0xc0, 0xde]],
  ['a Windows program', [0x4d, 0x5a]],
];

/** Reads thin and fat Mach-O files of either byte order (mach-o/loader.h, mach-o/fat.h). Any bytes give a result. */
export function readMachO(bytes: Uint8Array): MachOFile | MachOProblem {
  try {
    return readFile(bytes);
  } catch (error) {
    if (error instanceof DamagedBytes) return { problem: error.message };
    throw error;
  }
}

function readFile(bytes: Uint8Array): MachOFile | MachOProblem {
  if (bytes.length === 0) return { problem: 'is empty; expected a Mach-O file' };
  if (bytes.length < 4) return { problem: `is no Mach-O file: it has only ${bytes.length} bytes` };
  const view = new ByteView(bytes, false);
  const magic = view.u32(0);
  if (magic === fatMagic || magic === fatMagic64) return readFat(view, magic === fatMagic64);
  const slice = readSlice(bytes);
  return slice === undefined ? { problem: `is no Mach-O file: ${beginning(bytes)}` } : { fat: false, slices: [slice] };
}

function readFat(view: ByteView, wide: boolean): MachOFile | MachOProblem {
  const count = view.u32(4);
  if (!wide && count > mostArchitectures)
    return { problem: `is no Mach-O file: it begins like a Java class file (${count} architectures)` };
  const slices: MachOSlice[] = [];
  for (let index = 0; index < Math.min(count, mostArchitectures); index += 1) {
    const entry = 8 + index * (wide ? 32 : 20);
    const architecture = architectureName(view.u32(entry), view.u32(entry + 4));
    const offset = wide ? Number(view.u64(entry + 8)) : view.u32(entry + 8);
    const size = wide ? Number(view.u64(entry + 16)) : view.u32(entry + 12);
    const slice = readSlice(view.part(offset, size, `its ${architecture} slice`));
    if (slice === undefined) return { problem: `is damaged: its ${architecture} slice is no Mach-O file` };
    slices.push(slice);
  }
  return slices.length === 0 ? { problem: 'is a fat file with no architecture in it' } : { fat: true, slices };
}

function beginning(bytes: Uint8Array): string {
  const kind = otherKinds.find(([, start]) => start.every((byte, index) => bytes[index] === byte));
  if (kind !== undefined) return `it is ${kind[0]}`;
  const shown = [...bytes.subarray(0, 4)].map(byte => byte.toString(16).toUpperCase().padStart(2, '0'));
  return `it begins with ${shown.join(' ')}`;
}
