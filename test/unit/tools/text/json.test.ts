import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toJson } from '../../../../src/tools/text/json.ts';

describe('JSON of what parsers give', () => {
  for (const [what, value, expected] of [
    [
      'an address is hexadecimal',
      { address: 0xffffff7f80a30000n, size: 0n },
      { address: '0xffffff7f80a30000', size: '0x0' },
    ],
    [
      'a property’s number stays a number',
      { id: 255n, properties: new Map([['Speeds', [1n, 255n]]]) },
      { id: '0xff', properties: { Speeds: [1, 255] } },
    ],
    ['a number that JSON would round is text', new Map([['Mask', 2n ** 64n - 1n]]), { Mask: '18446744073709551615' }],
    ['bytes are base 64', new Uint8Array([0, 255]), { base64: 'AP8=' }],
    ['an undefined field is left out', { a: undefined, b: null }, { b: null }],
    ['a field named __proto__ is a field', new Map([['__proto__', 1n]]), JSON.parse('{"__proto__":1}')],
  ] as const)
    it(what, () => assert.deepEqual(JSON.parse(JSON.stringify(toJson(value))), expected));
});
