import { readMachO } from '../../../src/bundle/machO.ts';

const dyldInfoOnly = 0x80000022;
const dynamicSymbolTable = 0xb;
/** Pointer-sized, absolute, external (mach-o/reloc.h, mach-o/x86_64/reloc.h). */
const externalPointer = (3 << 25) | (1 << 27);

/**
 * A thin 64-bit bundle made into what ld(1) -kext writes: the kext file type, and external relocations in place of
 * dyld's bindings. Only the pointers in the data are kept, as a kext has no lazy ones.
 */
export function asKext(bundle: Uint8Array): Uint8Array {
  const read = readMachO(bundle);
  const slice = 'problem' in read ? undefined : read.slices[0];
  if (slice === undefined) throw new Error('the bundle cannot be read');
  const undefinedIndex = new Map(allSymbolNames(bundle).map((name, index) => [name, index]));
  const bound = [...slice.boundPointers].filter(([, name]) => undefinedIndex.has(name));
  const bytes = new Uint8Array(bundle.length + bound.length * 8);
  bytes.set(bundle);
  const view = new DataView(bytes.buffer);
  bound.forEach(([address, name], index) => {
    view.setUint32(bundle.length + index * 8, Number(address), true);
    view.setUint32(bundle.length + index * 8 + 4, ((undefinedIndex.get(name) ?? 0) | externalPointer) >>> 0, true);
  });
  view.setUint32(12, 11, true);
  for (const [kind, at] of loadCommands(view)) {
    if (kind === dyldInfoOnly) bytes.fill(0, at + 8, at + 48);
    if (kind !== dynamicSymbolTable) continue;
    view.setUint32(at + 64, bundle.length, true);
    view.setUint32(at + 68, bound.length, true);
  }
  return bytes;
}

function* loadCommands(view: DataView): Generator<readonly [kind: number, at: number]> {
  for (let at = 32, left = view.getUint32(16, true); left > 0; left -= 1) {
    const size = view.getUint32(at + 4, true);
    yield [view.getUint32(at, true), at];
    at += size;
  }
}

/** Every name of the symbol table by its index, the debugger's too. */
function allSymbolNames(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const table = [...loadCommands(view)].find(([kind]) => kind === 2)?.[1] ?? 0;
  const [symbols, count, strings] = [8, 12, 16].map(field => view.getUint32(table + field, true)) as [
    number,
    number,
    number,
  ];
  return Array.from({ length: count }, (_, index) => {
    const start = strings + view.getUint32(symbols + index * 16, true);
    return new TextDecoder().decode(bytes.subarray(start, bytes.indexOf(0, start)));
  });
}
