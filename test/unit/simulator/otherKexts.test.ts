import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { appleKexts } from '../../../src/simulator/appleKexts.ts';
import { otherKexts } from '../../../src/simulator/otherKexts.ts';
import { simulatedSystem } from '../../../src/simulator/systems/simulatedSystems.ts';

const wanted = fc.record({ kexts: fc.integer({ min: 0, max: 900 }), classes: fc.integer({ min: 0, max: 9000 }) });

describe('The other kexts of a Mac', () => {
  it('are as many as wanted, with as many classes in all, each under a name of its own', () => {
    fc.assert(
      fc.property(wanted, ({ kexts, classes }) => {
        const all = otherKexts({ kexts, classes });
        const names = all.flatMap(each => (each.classes ?? []).map(({ name }) => name));
        assert.equal(all.length, kexts);
        assert.equal(names.length, kexts === 0 ? 0 : classes);
        assert.equal(new Set(names).size, names.length);
        const together = [...appleKexts(simulatedSystem('macos-10.15')), ...all];
        for (const key of ['identifier', 'uuid', 'address'] as const)
          assert.equal(new Set(together.map(each => each[key])).size, together.length, key);
      }),
    );
  });

  it('are the same every time', () => {
    fc.assert(fc.property(wanted, each => assert.deepEqual(otherKexts(each), otherKexts(each))));
  });

  it('are mostly Apple’s, and some another vendor’s', () => {
    const own = otherKexts({ kexts: 300, classes: 0 }).filter(({ identifier }) => identifier.startsWith('com.apple.'));
    assert.equal(own.length, 250);
  });
});
