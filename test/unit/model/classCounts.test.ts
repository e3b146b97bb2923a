import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ownInstances, subclassesInUse } from '../../../src/model/classCounts.ts';
import { counts, superclasses } from '../diagnosis/snapshots.ts';

describe('The count of a class', () => {
  const tree = superclasses({ B: 'A', C: 'B', D: 'A' });

  it('without a subclass in use is the number of its objects', () => {
    assert.equal(ownInstances('A', counts({ A: 3, B: 0 }), tree), 3);
  });

  it('holds one for each direct subclass in use, however many objects that has', () => {
    assert.equal(ownInstances('A', counts({ A: 3, B: 20, C: 5, D: 1 }), tree), 1);
    assert.deepEqual(subclassesInUse('A', counts({ A: 3, B: 20, C: 5, D: 1 }), tree), ['B', 'D']);
    assert.deepEqual(subclassesInUse('A', counts({ A: 3, B: 0, D: -1 }), tree), []);
  });

  it('is unknown where the class is not registered, and below zero after an over-release', () => {
    assert.equal(ownInstances('A', counts({ B: 1 }), tree), undefined);
    assert.equal(ownInstances('A', counts({ A: -1 }), tree), -1);
  });

  it('counted as xnu counts gives back the objects of each class', () => {
    const objects = fc.record({ A: fc.nat(5), B: fc.nat(5), C: fc.nat(5), D: fc.nat(5) }, { noNullPrototype: true });
    fc.assert(
      fc.property(objects, own => {
        // OSMetaClass::instanceConstructed: the first instance of a class counts once in its superclass.
        const C = own.C;
        const B = own.B + (C > 0 ? 1 : 0);
        const D = own.D;
        const A = own.A + (B > 0 ? 1 : 0) + (D > 0 ? 1 : 0);
        const kernel = counts({ A, B, C, D });
        for (const [name, number] of Object.entries(own)) assert.equal(ownInstances(name, kernel, tree), number);
      }),
    );
  });
});
