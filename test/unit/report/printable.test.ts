import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { printable } from '../../../src/report/printable.ts';

describe('A text for a terminal', () => {
  it('is as it is where nothing in it acts on one', () => {
    const text = '1 instance of Rotor is leaked:\n\tTurbine.cpp:7 “ü” 電 \\x1b\n';
    assert.equal(printable(text), text);
  });

  it('shows what would move the cursor, colour or hide, ring, or turn the line round', () => {
    assert.equal(printable('Foo\x1b[31mBar\x07\r\x9b2J\x7f'), 'Foo\\x1b[31mBar\\x07\\x0d\\x9b2J\\x7f');
    assert.equal(printable('kext\u202etxet\u2069'), 'kext\\u202etxet\\u2069');
  });

  it('has nothing left that acts on one, and loses nothing else, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const shown = printable(text);
        assert.doesNotMatch(shown, /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/u);
        assert.equal(printable(shown), shown);
        assert.ok(shown.length >= text.length);
      }),
    );
  });
});
