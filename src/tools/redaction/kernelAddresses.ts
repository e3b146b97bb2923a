/**
 * Addresses in the kernel's half: 0xffffff7f83795000 (Intel), 0xfffffe0012345678 (Apple silicon), also as a decimal number of
 * an archive. What a value of -1 or a mask of 64 bits is, is none.
 */
const hexadecimal = /\b0x(?:fffffe|ffffff(?!ff))[0-9a-f]{10}\b/gi;
const decimal = /\b1844674[0-9]{13}\b/g;
const lowest = 0xfffffe0000000000n;
const beyond = 0xffffffff00000000n;
const page = 0xfffn;

/** What moves every address of a text; `found` is told of each. */
export type AddressShift = (text: string, found: () => void) => string;

/**
 * Moves the kernel's addresses so that the lowest page of each 4 GB is the first one there. Where the kernel lies by chance is
 * hidden; order, distances and lengths stay, so that what lies inside what can still be seen.
 */
export function addressShift(texts: Iterable<string>): AddressShift {
  const bases = new Map<bigint, bigint>();
  for (const text of texts)
    for (const address of addressesIn(text)) {
      const space = address >> 32n;
      const start = address & ~page & 0xffffffffn;
      if (start < (bases.get(space) ?? beyond)) bases.set(space, start);
    }
  const moved = (address: bigint) => address - (bases.get(address >> 32n) ?? 0n);
  return (text, found) =>
    text
      .replace(hexadecimal, written => {
        found();
        const digits = moved(BigInt(written)).toString(16);
        return written.slice(0, 2) + (/[A-F]/.test(written) ? digits.toUpperCase() : digits);
      })
      .replace(decimal, written => {
        if (!isKernelAddress(BigInt(written))) return written;
        found();
        return moved(BigInt(written)).toString();
      });
}

function* addressesIn(text: string): Generator<bigint> {
  for (const [written] of text.matchAll(hexadecimal)) yield BigInt(written);
  for (const [written] of text.matchAll(decimal)) if (isKernelAddress(BigInt(written))) yield BigInt(written);
}

function isKernelAddress(value: bigint): boolean {
  return value >= lowest && value < beyond;
}
