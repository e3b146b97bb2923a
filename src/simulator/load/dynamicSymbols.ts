/** Section types of an ELF file (elf.h). */
const dynamicSymbolTable = 11;

/**
 * The names that a 64-bit little-endian shared object gives to others (elf.h: SHT_DYNSYM, entries with a section). None
 * where the bytes are no such file.
 */
export function dynamicSymbols(bytes: Uint8Array): ReadonlySet<string> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = new Set<string>();
  if (view.length < 64 || view.readUInt32BE(0) !== 0x7f454c46 || view[4] !== 2 || view[5] !== 1) return names;
  const [sections, size, count] = [number(view, 40), view.readUInt16LE(58), view.readUInt16LE(60)];
  const section = (index: number) => sections + index * size;
  if (section(count) > view.length || size < 64) return names;
  for (let index = 0; index < count; index += 1) {
    const at = section(index);
    if (view.readUInt32LE(at + 4) !== dynamicSymbolTable) continue;
    const strings = section(view.readUInt32LE(at + 40));
    if (strings + size > view.length) return names;
    const text = view.subarray(number(view, strings + 24), number(view, strings + 24) + number(view, strings + 32));
    const table = view.subarray(number(view, at + 24), number(view, at + 24) + number(view, at + 32));
    for (let entry = 0; entry + 24 <= table.length; entry += 24) {
      if (table.readUInt16LE(entry + 6) !== 0) names.add(textAt(text, table.readUInt32LE(entry)));
    }
  }
  return names;
}

function number(view: Buffer, at: number): number {
  return Number(view.readBigUInt64LE(at));
}

function textAt(text: Buffer, start: number): string {
  const end = text.indexOf(0, start);
  return text.toString('latin1', start, end === -1 ? text.length : end);
}
