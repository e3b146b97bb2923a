import { type ByteView, DamagedBytes } from './byteView.ts';
import type { LoadCommand } from './machOLoadCommands.ts';

/** One entry of a symbol table (mach-o/nlist.h). */
export interface MachOSymbol {
  /** As the linker sees it, with the leading underscore of C. */
  readonly name: string;
  /** False where another image has to supply it. */
  readonly defined: boolean;
  /** False for one that only this image sees. */
  readonly external: boolean;
  /** Where it lies, before it is slid; 0 where it is not defined. */
  readonly address: bigint;
}

/** The symbols, and the names of all entries by index (the debugger's entries among them, as empty names). */
export interface SymbolTable {
  readonly symbols: readonly MachOSymbol[];
  readonly names: readonly string[];
}

const symbolTableCommand = 0x2;
const stabMask = 0xe0;
const typeMask = 0x0e;
const externalBit = 0x01;

/** Reads LC_SYMTAB; empty without one. Throws DamagedBytes. */
export function readSymbols(view: ByteView, commands: readonly LoadCommand[], is64Bit: boolean): SymbolTable {
  const command = commands.find(({ kind }) => kind === symbolTableCommand);
  if (command === undefined) return { symbols: [], names: [] };
  if (command.size < 24) throw new DamagedBytes('is damaged: its LC_SYMTAB is too short');
  const start = view.u32(command.offset + 8);
  const count = view.u32(command.offset + 12);
  const entrySize = is64Bit ? 16 : 12;
  view.part(start, count * entrySize, 'its symbol table');
  const strings = new StringTable(view, view.u32(command.offset + 16), view.u32(command.offset + 20));
  const symbols: MachOSymbol[] = [];
  const names: string[] = [];
  for (let offset = start; offset < start + count * entrySize; offset += entrySize) {
    const type = view.u8(offset + 4);
    const debugging = (type & stabMask) !== 0;
    const name = debugging ? '' : strings.at(view.u32(offset));
    names.push(name);
    if (debugging) continue;
    symbols.push({
      name,
      defined: (type & typeMask) !== 0,
      external: (type & externalBit) !== 0,
      address: is64Bit ? view.u64(offset + 8) : BigInt(view.u32(offset + 8)),
    });
  }
  return { symbols, names };
}

/** The names. Those of a sound file overlap hardly; a damaged one could make a small table mean gigabytes. */
class StringTable {
  readonly #view: ByteView;
  readonly #start: number;
  readonly #end: number;
  #budget: number;

  constructor(view: ByteView, start: number, size: number) {
    view.part(start, size, 'its string table');
    this.#view = view;
    this.#start = start;
    this.#end = start + size;
    this.#budget = 1_000_000 + 8 * size;
  }

  at(index: number): string {
    if (this.#start + index > this.#end)
      throw new DamagedBytes('is damaged: the name of a symbol lies outside its string table');
    const name = this.#view.text(this.#start + index, this.#end);
    this.#budget -= name.length;
    if (this.#budget < 0) throw new DamagedBytes('is damaged: the names of its symbols overlap');
    return name;
  }
}
