import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { processStart, readLongStart, readStat } from '../../../src/simulator/processStart.ts';

const fields = (state: string, ticks: string) => `${state} 1 2 2 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 ${ticks} 1000 2`;

describe('When a process was started', () => {
  it('is the same each time it is asked', { skip: process.platform === 'win32' }, async () => {
    const told = await processStart(process.pid);
    assert.match(told ?? '', /^[ts]\d+$/);
    assert.equal(await processStart(process.pid), told);
  });

  it('is read from what Linux says, whatever the process is called', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (name, ticks) => {
        assert.equal(readStat(`4711 (${name}) ${fields('S', `${ticks}`)}\n`), `t${ticks}`);
      }),
    );
    assert.equal(readStat(`4711 (sh) ${fields('Z', '8640000')}`), 'ended');
    assert.equal(readStat(''), undefined);
  });

  it('is read from what the ps of a Mac says', () => {
    assert.equal(readLongStart('S+   Thu Nov 26 14:03:05 2026    \n'), 's1795701785');
    assert.equal(readLongStart('Ss   Sat Aug  1 09:00:00 2020\n'), 's1596272400');
    assert.equal(readLongStart('Z    Sat Aug  1 09:00:00 2020\n'), 'ended');
    assert.equal(readLongStart(''), undefined);
    fc.assert(fc.property(fc.string(), text => assert.doesNotThrow(() => readLongStart(text))));
  });
});
