import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Bencodable, bencode } from '../../../src/simulator/bencode.ts';

const text = (value: Bencodable) => Buffer.from(bencode(value)).toString('latin1');

/** Reads it back as the protocol says (media/simulated-mac/README.md): every whole number as a bigint, every text as bytes. */
function decode(bytes: Buffer): unknown {
  let at = 0;
  const until = (end: string) => {
    const stop = bytes.indexOf(end, at);
    const word = bytes.toString('latin1', at, stop);
    at = stop + 1;
    return word;
  };
  const value = (): unknown => {
    const kind = String.fromCharCode(bytes[at] ?? 0);
    if (/\d/.test(kind)) {
      const length = Number(until(':'));
      at += length;
      return bytes.subarray(at - length, at).toString('hex');
    }
    at += 1;
    if (kind === 't' || kind === 'f') return kind === 't';
    if (kind === 'i') return BigInt(until('e'));
    if (kind === 'l') return list();
    if (kind === 'd') return Object.fromEntries(pairs(list()));
    return assert.fail(`unknown kind ${kind}`);
  };
  const list = () => {
    const items: unknown[] = [];
    while (bytes[at] !== 'e'.charCodeAt(0)) items.push(value());
    at += 1;
    return items;
  };
  const read = value();
  assert.equal(at, bytes.length);
  return read;
}

function* pairs(items: readonly unknown[]): Generator<readonly [string, unknown]> {
  for (let at = 0; at < items.length; at += 2) yield [String(items[at]), items[at + 1]];
}

/** The value in the form in which decode gives it. */
function plain(value: Bencodable): unknown {
  if (typeof value === 'string') return Buffer.from(value).toString('hex');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value);
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(plain);
  const members = Object.entries(value).filter((member): member is [string, Bencodable] => member[1] !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [Buffer.from(key).toString('hex'), plain(member)]));
}

const { tree } = fc.letrec<{ tree: Bencodable }>(tie => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger(),
    fc.bigInt(),
    fc.boolean(),
    fc.uint8Array({ maxLength: 20 }),
    fc.array(tie('tree'), { maxLength: 5 }),
    fc.dictionary(fc.string(), fc.option(tie('tree'), { nil: undefined }), { maxKeys: 5 }),
  ),
}));

describe('Bencode for the simulated kernel', () => {
  it('writes each kind of value as its protocol says', () => {
    assert.equal(text('spam'), '4:spam');
    assert.equal(text(-3), 'i-3e');
    assert.equal(text(0xffffff7f80000000n), 'i18446743521806254080e');
    assert.equal(text(true) + text(false), 'tf');
    assert.equal(text([1, ['a']]), 'li1el1:aee');
    assert.equal(text({ b: 1, a: undefined, c: [] }), 'd1:bi1e1:clee');
  });

  it('counts the bytes of a text, not its letters', () => {
    assert.equal(bencode('é').length, '2:'.length + 2);
  });

  it('refuses what is no whole number', () => {
    for (const number of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      assert.throws(() => bencode([number]), RangeError);
    }
  });

  it('is read back as what was written', () => {
    fc.assert(fc.property(tree, value => assert.deepEqual(decode(Buffer.from(bencode(value))), plain(value))));
  });
});
