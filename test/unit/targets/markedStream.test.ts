import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { MarkedStream } from '../../../src/targets/markedStream.ts';

/** Words in brackets, bytes as they are. */
function read(pieces: readonly Buffer[], mark = 'MARK'): string {
  const told: string[] = [];
  const stream = new MarkedStream(mark, {
    word: word => told.push(`[${word}]`),
    bytes: piece => told.push(piece.toString('latin1')),
  });
  for (const piece of pieces) stream.take(piece);
  stream.end();
  return told.join('');
}

describe('A stream with marks', () => {
  it('gives its words, and between them the bytes as they were', () => {
    assert.equal(
      read([Buffer.from('hello MARKb;one\nMARKe0:;MARKb;MARKe137:KILL;bye')]),
      'hello [b]one\n[e0:][b][e137:KILL]bye',
    );
  });

  it('takes what only begins as a mark for what it is', () => {
    assert.equal(read([Buffer.from('MAR'), Buffer.from('MARK'), Buffer.from('r;MAR')]), 'MAR[r]MAR');
    assert.equal(read([Buffer.from('MMARKb;')]), 'M[b]');
  });

  it('drops no byte behind a mark that no word follows', () => {
    assert.equal(read([Buffer.from(`MARK${'x'.repeat(40)};`)]), `${'x'.repeat(40)};`);
  });

  it('is read the same, wherever its pieces are cut', () => {
    const parts = fc.array(
      fc.constantFrom('MARKb;', 'MARKe0:;', 'MARK', 'MAR', 'M', ';', 'text', '\0ÿ', 'MARKe137:KILL;'),
    );
    fc.assert(
      fc.property(parts, fc.array(fc.nat(60)), (all, cuts) => {
        const bytes = Buffer.from(all.join(''), 'latin1');
        const places = [0, ...cuts.map(cut => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((to, at) => bytes.subarray(places[at], to));
        assert.equal(read(pieces), read([bytes]));
      }),
    );
  });
});
