import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signatureBytes = 8;
const bytesPerPixel = 3;

/**
 * The same pixels in fewer bytes: a picture of an editor is made of few colours that stand side by side, and the filters that a
 * browser writes its rows with hide that. Takes what Chromium writes: eight bits of red, green and blue, not interlaced.
 */
export function packedPng(png: Buffer): Buffer {
  const { header, data } = chunksOf(png);
  const width = header.readUInt32BE(0);
  if (header.subarray(8).toString('hex') !== '0802000000')
    throw new Error('a picture of another kind than a browser writes');
  const rows = unfiltered(inflateSync(data), width * bytesPerPixel);
  const pixels = deflateSync(Buffer.concat(rows.flatMap(row => [Buffer.of(0), row])), { level: 9 });
  const chunks = [chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([png.subarray(0, signatureBytes), ...chunks]);
}

function chunksOf(png: Buffer): { readonly header: Buffer; readonly data: Buffer } {
  const found: { readonly type: string; readonly content: Buffer }[] = [];
  for (let at = signatureBytes; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const content = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    found.push({ type: png.toString('latin1', at + 4, at + 8), content });
  }
  const of = (type: string) => Buffer.concat(found.filter(each => each.type === type).map(({ content }) => content));
  return { header: of('IHDR'), data: of('IDAT') };
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** The rows as they are seen (PNG specification, 9: each begins with the number of its filter). */
function unfiltered(filtered: Buffer, stride: number): readonly Buffer[] {
  const rows: Buffer[] = [];
  let above = Buffer.alloc(stride);
  for (let at = 0; at < filtered.length; at += 1 + stride) {
    const filter = filtered[at] ?? 0;
    const row = Buffer.from(filtered.subarray(at + 1, at + 1 + stride));
    for (let x = 0; x < stride; x += 1) {
      const left = row[x - bytesPerPixel] ?? 0;
      row[x] = (row[x] ?? 0) + predicted(filter, left, above[x] ?? 0, above[x - bytesPerPixel] ?? 0);
    }
    rows.push(row);
    above = row;
  }
  return rows;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  return filter === 4 ? nearest(left + above - corner, left, above, corner) : 0;
}

/** Paeth's predictor: of those that are equally near, the first. */
function nearest(to: number, ...of: readonly number[]): number {
  return of.reduce((best, each) => (Math.abs(to - each) < Math.abs(to - best) ? each : best));
}
