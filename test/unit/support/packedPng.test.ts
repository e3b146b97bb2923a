import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { deflateSync, inflateSync } from 'node:zlib';
import { packedPng } from '../../support/pictures/packedPng.ts';
import { repositoryFolder } from '../../support/repository.ts';

/** A picture of two pixels a row; the sums of its chunks are not looked at. */
function pngOf(rows: readonly (readonly number[])[]): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    return Buffer.concat([length, Buffer.from(type), content, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, rows.length, 8, 2, 0, 0, 0]);
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([Buffer.alloc(8), chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** The rows of a picture that has one chunk of data, with the number of its filter before each. */
function rowsOf(png: Buffer): readonly (readonly number[])[] {
  const length = png.readUInt32BE(33);
  const data = inflateSync(png.subarray(41, 41 + length));
  const size = 1 + png.readUInt32BE(16) * 3;
  return Array.from({ length: data.length / size }, (_, row) => [...data.subarray(row * size, (row + 1) * size)]);
}

describe('A packed picture', () => {
  it('has the pixels of each of the filters that PNG knows, without one', () => {
    const filtered = [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 1, 2, 3, 4, 5, 250],
      [2, 1, 1, 1, 1, 1, 1],
      [3, 1, 1, 1, 1, 1, 1],
      [4, 1, 1, 1, 1, 1, 1],
    ];
    assert.deepEqual(rowsOf(packedPng(pngOf(filtered))), [
      [0, 10, 20, 30, 40, 50, 60],
      [0, 1, 2, 3, 5, 7, 253],
      [0, 2, 3, 4, 6, 8, 254],
      [0, 2, 2, 3, 5, 6, 129],
      [0, 3, 3, 4, 6, 7, 130],
    ]);
  });

  it('is how the README’s is kept', async () => {
    const kept = await readFile(join(repositoryFolder, 'media/screenshots/refused.png'));
    const rows = rowsOf(kept);
    assert.equal(rows.length, kept.readUInt32BE(20));
    assert.deepEqual(new Set(rows.map(([filter]) => filter)), new Set([0]));
  });
});
