import { type ByteView, DamagedBytes } from './byteView.ts';
import type { LoadCommand, MachOSegment } from './machOLoadCommands.ts';

const dynamicSymbolTable = 0xb;
const kextBundle = 11;
const entrySize = 8;
const scattered = 0x80000000;

/**
 * The pointers that the kernel's linker fills with symbols, address to symbol name: the external relocations of
 * LC_DYSYMTAB (mach-o/reloc.h), which kexts have in place of dyld's lists. Empty for another type of file. Throws
 * DamagedBytes.
 */
export function readExternalRelocations(
  view: ByteView,
  commands: readonly LoadCommand[],
  segments: readonly MachOSegment[],
  names: readonly string[],
  fileType: number,
): Map<bigint, string> {
  const bound = new Map<bigint, string>();
  const command = commands.find(({ kind }) => kind === dynamicSymbolTable);
  if (command === undefined || fileType !== kextBundle) return bound;
  if (command.size < 80) throw new DamagedBytes('is damaged: its LC_DYSYMTAB is too short');
  const start = view.u32(command.offset + 64);
  const count = view.u32(command.offset + 68);
  view.part(start, count * entrySize, 'its list of relocations');
  // ld counts a kext's addresses from its first segment.
  const base = segments[0]?.address ?? 0n;
  for (let offset = start; offset < start + count * entrySize; offset += entrySize) {
    const address = view.u32(offset);
    if ((address & scattered) !== 0) continue;
    const word = view.u32(offset + 4);
    const name = names[view.littleEndian ? word & 0xffffff : word >>> 8];
    if (name === undefined) throw new DamagedBytes('is damaged: a relocation names a symbol that it lacks');
    bound.set(base + BigInt(address), name);
  }
  return bound;
}
