import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { logSeconds } from '../../../../src/tools/log/logTime.ts';

describe('The time of a message in the log', () => {
  it('is in whole seconds since 1970, whatever the zone of the Mac', () => {
    assert.equal(logSeconds('2020-11-24 15:06:24.000000+0000'), 1_606_230_384);
    assert.equal(logSeconds('2020-11-24 15:06:24.999999+0000'), 1_606_230_384);
    assert.equal(logSeconds('2020-11-24 20:36:24.741500+0530'), 1_606_230_384);
    assert.equal(logSeconds('2020-11-24 07:06:24.741500-0800'), 1_606_230_384);
    assert.equal(logSeconds('2020-11-24 15:06:24+0000'), 1_606_230_384);
  });

  it('is not known in another form', () => {
    for (const other of [undefined, '', '2020-11-24 15:06:24', 'Nov 24 15:06:24', '2020-99-24 15:06:24.0+0000'])
      assert.equal(logSeconds(other), undefined, other);
    fc.assert(fc.property(fc.string(), text => logSeconds(text) === undefined));
  });
});
