import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Original } from '../../../../src/tools/redaction/original.ts';
import { assignStandIns, withCaseOf } from '../../../../src/tools/redaction/standIns.ts';

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._-]{2,12}[A-Za-z0-9öß名]$/);

function original(text: string, hex = false): Original {
  return { text, kind: 'user', reach: 'everywhere', hex };
}

/** The texts, each once, whatever its case. */
const names = fc.uniqueArray(name, { maxLength: 60, selector: each => each.toLowerCase() });

describe('stand-ins', () => {
  it('are as long as what they stand for, in characters and in bytes, and keep its structure', () => {
    const structure = (text: string) =>
      text
        .replace(/\d/g, '0')
        .replace(/[a-z]/g, 'a')
        .replace(/[A-Z]/g, 'A')
        .replace(/[^ -~]/g, '名');
    fc.assert(
      fc.property(names, all => {
        for (const [of, standIn] of assignStandIns(all.map(text => original(text)))) {
          const text = all.find(each => each.toLowerCase() === of) ?? assert.fail();
          assert.equal(structure(standIn), structure(text));
          assert.equal(Buffer.byteLength(standIn), Buffer.byteLength(text));
        }
      }),
    );
  });

  it('are never alike, and none holds an original, whatever the case', () => {
    fc.assert(
      fc.property(names, all => {
        const standIns = [...assignStandIns(all.map(text => original(text))).values()].map(each => each.toLowerCase());
        assert.equal(standIns.length, all.length);
        assert.equal(new Set(standIns).size, all.length);
        for (const standIn of standIns)
          for (const text of all) assert.ok(!standIn.includes(text.toLowerCase()), `${standIn} holds ${text}`);
      }),
    );
  });

  it('go round originals that look like stand-ins themselves, and come to an end', () => {
    const all = ['qqqq', 'qqqqqqqqqqqq', 'QQQQqqqq', '00000000', '0000000000000001', 'q'.repeat(500)];
    const standIns = assignStandIns(all.map(text => original(text, /^0/.test(text))));
    assert.equal(new Set(standIns.values()).size, all.length);
    for (const standIn of standIns.values())
      for (const text of all) assert.ok(!standIn.toLowerCase().includes(text.toLowerCase()));
  });

  it('hide also where there are more originals than texts so short', () => {
    const all = [...'abcdefghijklmnopqrstuvwxyz0123456789'].map(text => ({
      ...original(text),
      reach: 'place' as const,
    }));
    for (const [text, standIn] of assignStandIns(all)) {
      assert.equal(standIn.length, 1);
      assert.ok(standIn === 'x' || standIn !== text);
    }
  });

  it('keep hexadecimal digits hexadecimal, in their case', () => {
    const [standIn = ''] = assignStandIns([original('DEAD01beef', true)]).values();
    assert.match(standIn, /^[0-9A-F]{6}[0-9a-f]{4}$/);
  });

  it('take the case in which the original stands', () => {
    assert.equal(withCaseOf('Qqxz1', 'JOHN7'), 'QQXZ1');
    assert.equal(withCaseOf('Qqxz1', 'john7'), 'qqxz1');
  });
});
