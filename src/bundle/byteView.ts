/** A structure that runs past its end or contradicts itself; `message` reads on from the file's name. */
export class DamagedBytes extends Error {}

/** Reads integers and text at offsets of `bytes`; whatever lies outside throws DamagedBytes. */
export class ByteView {
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, littleEndian: boolean) {
    this.bytes = bytes;
    this.littleEndian = littleEndian;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(offset: number): number {
    return this.#view.getUint8(this.#within(offset, 1));
  }

  u16(offset: number): number {
    return this.#view.getUint16(this.#within(offset, 2), this.littleEndian);
  }

  u32(offset: number): number {
    return this.#view.getUint32(this.#within(offset, 4), this.littleEndian);
  }

  u64(offset: number): bigint {
    return this.#view.getBigUint64(this.#within(offset, 8), this.littleEndian);
  }

  /** The `size` bytes at `offset`, shared and not copied. `what` names them in the message when they are not all there. */
  part(offset: number, size: number, what: string): Uint8Array {
    if (offset + size > this.bytes.length)
      throw new DamagedBytes(`is cut off or damaged: ${what} ends at byte ${offset + size} of ${this.bytes.length}`);
    return this.bytes.subarray(offset, offset + size);
  }

  /** The text at `offset` up to a zero byte or `end`. */
  text(offset: number, end: number): string {
    const limit = Math.min(end, this.bytes.length);
    if (offset > limit) throw outside(offset, this.bytes.length);
    const room = this.bytes.subarray(offset, limit);
    const zero = room.indexOf(0);
    return new TextDecoder().decode(zero === -1 ? room : room.subarray(0, zero));
  }

  #within(offset: number, size: number): number {
    if (!(offset >= 0) || offset + size > this.bytes.length) throw outside(offset, this.bytes.length);
    return offset;
  }
}

function outside(offset: number, length: number): DamagedBytes {
  return new DamagedBytes(`is cut off or damaged: something in it lies at byte ${offset} of ${length}`);
}
