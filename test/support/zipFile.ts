import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

/** What an archive holds, by name; a file is unpacked when it is asked for. */
export async function readZip(path: string): Promise<ReadonlyMap<string, () => Buffer>> {
  const zip = await readFile(path);
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end === -1) throw new Error(`${path} is no zip archive`);
  const files = new Map<string, () => Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => zip.readUInt16LE(at + offset));
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const entry = {
      deflated: zip.readUInt16LE(at + 10) === 8,
      size: zip.readUInt32LE(at + 20),
      at: zip.readUInt32LE(at + 42),
    };
    files.set(name, () => unpack(zip, entry));
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}

interface Entry {
  readonly deflated: boolean;
  /** Packed. */
  readonly size: number;
  /** Of its local header. */
  readonly at: number;
}

function unpack(zip: Buffer, { deflated, size, at }: Entry): Buffer {
  const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const packed = zip.subarray(start, start + size);
  return deflated ? inflateRawSync(packed) : Buffer.from(packed);
}
