import { ByteView, DamagedBytes } from './byteView.ts';
import { architectureName } from './machOArchitecture.ts';
import { readBindings } from './machOBindings.ts';
import { type LoadCommand, type MachOSegment, readLoadCommands, readSegment } from './machOLoadCommands.ts';
import { readExternalRelocations } from './machORelocations.ts';
import { type MachOSymbol, readSymbols } from './machOSymbols.ts';
import { type MachOSystem, readSystem } from './machOSystem.ts';

/** mach_header.filetype (mach-o/loader.h); a number where it is none of these. */
export type MachOFileType = 'object' | 'executable' | 'dylib' | 'bundle' | 'dSYM' | 'kext bundle' | 'file set' | number;

/** One architecture of a Mach-O file. */
export interface MachOSlice {
  /** `x86_64`, `arm64`, `arm64e`, `i386`, …; `cpu 0x…` for one without a name. */
  readonly architecture: string;
  readonly fileType: MachOFileType;
  /** LC_UUID, upper case, 8-4-4-4-12. */
  readonly uuid: string | undefined;
  /** LC_BUILD_VERSION or LC_VERSION_MIN_*. */
  readonly system: MachOSystem | undefined;
  readonly segments: readonly MachOSegment[];
  /** Without the debugger's entries (stabs). */
  readonly symbols: readonly MachOSymbol[];
  /** By address, the name of the symbol whose address goes into the pointer there when the file is loaded. */
  readonly boundPointers: ReadonlyMap<bigint, string>;
  /** True where pointers are kept in chains (LC_DYLD_CHAINED_FIXUPS): `boundPointers` is empty then. */
  readonly chainedFixups: boolean;
  /** The slice itself, to read what a segment holds. */
  readonly view: ByteView;
  readonly is64Bit: boolean;
}

const fileTypes: ReadonlyMap<number, MachOFileType> = new Map<number, MachOFileType>([
  [1, 'object'],
  [2, 'executable'],
  [6, 'dylib'],
  [8, 'bundle'],
  [10, 'dSYM'],
  [11, 'kext bundle'],
  [12, 'file set'],
]);

const uuidCommand = 0x1b;
const chainedFixupsCommand = 0x80000034;

/** Reads one thin Mach-O image; undefined when `bytes` do not begin with its magic number. Throws DamagedBytes. */
export function readSlice(bytes: Uint8Array): MachOSlice | undefined {
  const form = headerForm(bytes);
  if (form === undefined) return undefined;
  const { is64Bit } = form;
  const view = new ByteView(bytes, form.littleEndian);
  const fileType = view.u32(12);
  const commands = readLoadCommands(view, is64Bit);
  const segments = commands.flatMap(command => readSegment(view, command) ?? []);
  const symbolTable = readSymbols(view, commands, is64Bit);
  const relocated = readExternalRelocations(view, commands, segments, symbolTable.names, fileType);
  const bound = readBindings(view, commands, segments, is64Bit);
  return {
    architecture: architectureName(view.u32(4), view.u32(8)),
    fileType: fileTypes.get(fileType) ?? fileType,
    uuid: readUuid(view, commands),
    system: readSystem(view, commands),
    segments,
    symbols: symbolTable.symbols,
    boundPointers: new Map([...relocated, ...bound]),
    chainedFixups: commands.some(command => command.kind === chainedFixupsCommand),
    view,
    is64Bit,
  };
}

/** The byte order and width that the magic number of an image states; undefined where it is none. */
export function headerForm(
  bytes: Uint8Array,
): { readonly littleEndian: boolean; readonly is64Bit: boolean } | undefined {
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const littleEndian of [true, false]) {
    const magic = view.getUint32(0, littleEndian);
    if (magic === 0xfeedface || magic === 0xfeedfacf) return { littleEndian, is64Bit: magic === 0xfeedfacf };
  }
  return undefined;
}

/** LC_UUID among the load commands, upper case, 8-4-4-4-12. Throws DamagedBytes. */
export function readUuid(view: ByteView, commands: readonly LoadCommand[]): string | undefined {
  const command = commands.find(({ kind }) => kind === uuidCommand);
  if (command === undefined) return undefined;
  if (command.size < 24) throw new DamagedBytes('is damaged: its LC_UUID is too short');
  const digits = [...view.part(command.offset + 8, 16, 'its LC_UUID')]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
