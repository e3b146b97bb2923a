import type { PanicLogFrame } from '../panicLog.ts';

/** The frame that the line is; undefined where it is none. `bare` is the line without what copies did to it. */
export function readFrame(text: string, bare: string): PanicLogFrame | undefined {
  return readArmFrame(text, bare) ?? readIntelFrame(text, bare);
}

/** The addresses of a PowerPC's backtrace line, or of the lines below it that hold nothing else. Each is its frame's text. */
export function readAddresses(bare: string): readonly PanicLogFrame[] | undefined {
  const words = bare
    .replace(/^Backtrace:/, '')
    .split(/[\s\\]+/)
    .filter(word => word !== '');
  if (words.length === 0 || !words.every(word => /^0x[\da-f]{1,16}$/i.test(word))) return undefined;
  return words.map(word => frame(word, BigInt(word), undefined));
}

function readArmFrame(text: string, bare: string): PanicLogFrame | undefined {
  const match = /^lr:\s*(0x[\da-f]+)\s+fp:\s*(0x[\da-f]+)(?:\s+(.*))?$/i.exec(bare);
  if (!match) return undefined;
  const [, address = '', pointer = ''] = match;
  return frame(text, withoutAuthentication(BigInt(address)), BigInt(pointer));
}

/**
 * Pointer authentication keeps a signature in the bits above the address, bit 55 excepted, which tells the kernel's half
 * of the address space from that of processes (xnu, osfmk/arm64/pac). The kernel's addresses have all of them set.
 */
function withoutAuthentication(address: bigint): bigint {
  const kernelHalf = (address >> 55n) & 1n;
  return kernelHalf === 1n ? address | 0xffff_8000_0000_0000n : address;
}

function readIntelFrame(text: string, bare: string): PanicLogFrame | undefined {
  const at = bare.indexOf(' : ');
  if (at < 0 || at > 40) return undefined;
  const pointer = bare.slice(0, at).replaceAll(' ', '');
  if (!/^0x[\da-f]{1,16}$/i.test(pointer)) return undefined;
  const match = /^(0x[\da-f]{1,16})(?![\w])(.*)$/i.exec(bare.slice(at + 3));
  if (!match) return undefined;
  const [address, rest] = joined(match[1] ?? '', (match[2] ?? '').trim());
  return { ...frame(text, BigInt(address), BigInt(pointer)), ...place(rest) };
}

/** Copies break long lines near the 80th column with a blank, which may cut the address in two. */
function joined(address: string, rest: string): readonly [address: string, rest: string] {
  const missing = 18 - address.length;
  const cut = /^([\da-f]{1,15})(?![\w.])/i.exec(rest)?.[1];
  if (!/^0xf{4}/i.test(address) || cut === undefined || cut.length !== missing) return [address, rest];
  return [address + cut, rest.slice(cut.length).trim()];
}

/** `mach_kernel : _panic + 0x63`; the offset may be missing, and 32-bit kernels print `(4 words of the stack)` instead. */
function place(rest: string): Pick<PanicLogFrame, 'image' | 'symbol' | 'offset'> {
  const at = rest.indexOf(' : ');
  const image = rest.slice(0, Math.max(at, 0)).replaceAll(' ', '');
  if (!/^[\w.+-]+$/.test(image)) return { image: undefined, symbol: undefined, offset: undefined };
  const told = rest.slice(at + 3);
  const plus = told.lastIndexOf('+ 0x');
  const digits = plus < 0 ? undefined : /^0x[\da-f]{1,16}/i.exec(told.slice(plus + 2))?.[0];
  const symbol = (plus < 0 ? told : told.slice(0, plus)).trim();
  return {
    image,
    symbol: symbol === '' ? undefined : symbol.startsWith('__Z') ? symbol.replaceAll(' ', '') : symbol,
    offset: digits === undefined ? undefined : BigInt(digits),
  };
}

function frame(text: string, address: bigint, framePointer: bigint | undefined): PanicLogFrame {
  return { address, framePointer, image: undefined, symbol: undefined, offset: undefined, text };
}
