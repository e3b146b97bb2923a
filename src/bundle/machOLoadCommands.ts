import { type ByteView, DamagedBytes } from './byteView.ts';

/** One load command: its number, and where it stands in the slice. */
export interface LoadCommand {
  readonly kind: number;
  readonly offset: number;
  /** Bytes, with the 8 of the command's head. */
  readonly size: number;
}

/** A range of memory and the part of the file that fills it. */
export interface MachOSegment {
  readonly name: string;
  readonly address: bigint;
  /** Bytes in memory. */
  readonly size: bigint;
  /** Offset in the slice. */
  readonly fileOffset: number;
  /** Bytes in the file; the rest of the memory is zero. */
  readonly fileSize: number;
  readonly writable: boolean;
}

const segmentCommand = 0x1;
const segmentCommand64 = 0x19;
const writeProtection = 0x2;

/** The load commands in order (mach-o/loader.h). Throws DamagedBytes when one leaves the room that the header states. */
export function readLoadCommands(view: ByteView, is64Bit: boolean): LoadCommand[] {
  const count = view.u32(16);
  const start = is64Bit ? 32 : 28;
  const end = start + view.u32(20);
  view.part(start, end - start, 'its list of load commands');
  const commands: LoadCommand[] = [];
  let offset = start;
  for (let index = 0; index < count; index += 1) {
    const size = offset + 8 <= end ? view.u32(offset + 4) : 0;
    if (size < 8 || offset + size > end)
      throw new DamagedBytes(`is damaged: load command ${index + 1} of ${count} does not fit into their room`);
    commands.push({ kind: view.u32(offset), offset, size });
    offset += size;
  }
  return commands;
}

/** The segment of an LC_SEGMENT or LC_SEGMENT_64; undefined for another command. Throws DamagedBytes. */
export function readSegment(view: ByteView, command: LoadCommand): MachOSegment | undefined {
  const { kind, offset } = command;
  if (kind !== segmentCommand && kind !== segmentCommand64) return undefined;
  const wide = kind === segmentCommand64;
  if (command.size < (wide ? 72 : 56)) throw new DamagedBytes('is damaged: a segment command is too short');
  const word = (index: number): bigint =>
    wide ? view.u64(offset + 24 + index * 8) : BigInt(view.u32(offset + 24 + index * 4));
  const name = view.text(offset + 8, offset + 24);
  const [fileOffset, fileSize] = [Number(word(2)), Number(word(3))];
  view.part(fileOffset, fileSize, `its segment ${name}`);
  const writable = (view.u32(offset + (wide ? 60 : 44)) & writeProtection) !== 0;
  return { name, address: word(0), size: word(1), fileOffset, fileSize, writable };
}

/** Where the byte of an address stands in the slice, with `size` bytes after it; undefined where none fills it. */
export function fileOffsetOf(segments: readonly MachOSegment[], address: bigint, size: number): number | undefined {
  for (const { address: start, fileOffset, fileSize } of segments) {
    if (address >= start && address + BigInt(size) <= start + BigInt(fileSize))
      return fileOffset + Number(address - start);
  }
  return undefined;
}
