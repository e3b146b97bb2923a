import { type ByteView, DamagedBytes } from './byteView.ts';
import type { LoadCommand, MachOSegment } from './machOLoadCommands.ts';

const dyldInfo = 0x22;
const dyldInfoOnly = 0x80000022;

/**
 * The pointers that dyld fills with imported symbols, address to symbol name: the plain, weak and lazy lists of
 * LC_DYLD_INFO (opcodes: mach-o/loader.h, BIND_OPCODE_*). Empty without one. Throws DamagedBytes.
 */
export function readBindings(
  view: ByteView,
  commands: readonly LoadCommand[],
  segments: readonly MachOSegment[],
  is64Bit: boolean,
): Map<bigint, string> {
  const bound = new Map<bigint, string>();
  const command = commands.find(({ kind }) => kind === dyldInfo || kind === dyldInfoOnly);
  if (command === undefined) return bound;
  if (command.size < 48) throw new DamagedBytes('is damaged: its LC_DYLD_INFO is too short');
  for (const list of [16, 24, 32]) {
    const start = view.u32(command.offset + list);
    const end = start + view.u32(command.offset + list + 4);
    view.part(start, end - start, 'its list of bindings');
    new BindingReader(view, start, end, segments, is64Bit ? 8 : 4, bound).run();
  }
  return bound;
}

/** Runs one list of opcodes. */
class BindingReader {
  readonly #view: ByteView;
  readonly #end: number;
  readonly #segments: readonly MachOSegment[];
  readonly #pointerSize: number;
  readonly #bound: Map<bigint, string>;
  #at: number;
  #symbol = '';
  #address = 0n;
  /** Each binding fills a pointer of its own, so a sound list has no more of them than the file has room for. */
  #left: number;

  constructor(
    view: ByteView,
    start: number,
    end: number,
    segments: readonly MachOSegment[],
    pointerSize: number,
    bound: Map<bigint, string>,
  ) {
    this.#view = view;
    this.#at = start;
    this.#end = end;
    this.#segments = segments;
    this.#pointerSize = pointerSize;
    this.#bound = bound;
    this.#left = Math.ceil(view.bytes.length / pointerSize);
  }

  run(): void {
    while (this.#at < this.#end) {
      const byte = this.#view.u8(this.#at);
      this.#at += 1;
      this.#step(byte & 0xf0, byte & 0x0f);
    }
  }

  #step(opcode: number, immediate: number): void {
    switch (opcode) {
      case 0x00: // DONE: ends one entry of the lazy list, and is padding at the end of the others
      case 0x10: // SET_DYLIB_ORDINAL_IMM
      case 0x30: // SET_DYLIB_SPECIAL_IMM
      case 0x50: // SET_TYPE_IMM
        return;
      case 0x20: // SET_DYLIB_ORDINAL_ULEB
      case 0x60: // SET_ADDEND_SLEB
        this.#leb();
        return;
      case 0x40: // SET_SYMBOL_TRAILING_FLAGS_IMM
        this.#symbol = this.#view.text(this.#at, this.#end);
        this.#at = this.#afterText();
        return;
      case 0x70: // SET_SEGMENT_AND_OFFSET_ULEB
        this.#address = this.#segmentAddress(immediate) + this.#leb();
        return;
      case 0x80: // ADD_ADDR_ULEB
        this.#address = wrapped(this.#address + this.#leb());
        return;
      case 0x90: // DO_BIND
        this.#bind(0n);
        return;
      case 0xa0: // DO_BIND_ADD_ADDR_ULEB
        this.#bind(this.#leb());
        return;
      case 0xb0: // DO_BIND_ADD_ADDR_IMM_SCALED
        this.#bind(BigInt(immediate * this.#pointerSize));
        return;
      case 0xc0: // DO_BIND_ULEB_TIMES_SKIPPING_ULEB
        this.#bindRepeatedly(this.#leb(), this.#leb());
        return;
      default:
        throw new DamagedBytes(`is damaged, or of a kind that is not known: binding opcode 0x${opcode.toString(16)}`);
    }
  }

  #bindRepeatedly(count: bigint, skip: bigint): void {
    for (let done = 0n; done < count; done += 1n) this.#bind(skip);
  }

  #bind(skip: bigint): void {
    if (this.#left === 0) throw new DamagedBytes('is damaged: it binds more pointers than it has room for');
    this.#left -= 1;
    this.#bound.set(this.#address, this.#symbol);
    this.#address = wrapped(this.#address + BigInt(this.#pointerSize) + skip);
  }

  #segmentAddress(index: number): bigint {
    const segment = this.#segments[index];
    if (segment === undefined) throw new DamagedBytes(`is damaged: a binding is in segment ${index}, which it lacks`);
    return segment.address;
  }

  #afterText(): number {
    const zero = this.#view.bytes.indexOf(0, this.#at);
    return zero === -1 ? this.#end : zero + 1;
  }

  /** A number in groups of seven bits, low group first (ULEB128, at most 64 bits). */
  #leb(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#view.u8(this.#at);
      this.#at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new DamagedBytes('is damaged: a number in its list of bindings never ends');
  }
}

/** Offsets may be negative: dyld adds them as 64-bit words. */
function wrapped(address: bigint): bigint {
  return BigInt.asUintN(64, address);
}
