import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Kext } from '../../../src/model/kext.ts';
import { unloadOrder } from '../../../src/model/unloadOrder.ts';
import { kext } from '../diagnosis/snapshots.ts';

/** Kexts by load index: what each is linked against. */
type Links = readonly (readonly [index: number, linkedAgainst: readonly number[] | undefined])[];

const kextsOf = (links: Links): readonly Kext[] =>
  links.map(([index, linkedAgainst]) => kext(`org.sample.k${index}`, { index, linkedAgainst }));

const orderOf = (base: number, links: Links): readonly (number | undefined)[] => {
  const all = kextsOf(links);
  const asked = all.find(({ index }) => index === base) ?? assert.fail();
  return unloadOrder(asked, all).map(({ index }) => index);
};

const table: readonly (readonly [what: string, links: Links, order: readonly number[]])[] = [
  [
    'nothing depends on it',
    [
      [7, [1]],
      [8, [1]],
    ],
    [],
  ],
  [
    'one does',
    [
      [7, [1]],
      [8, [1, 7]],
    ],
    [8],
  ],
  [
    'a chain comes from its end',
    [
      [7, []],
      [8, [7]],
      [9, [8]],
    ],
    [9, 8],
  ],
  [
    'what is linked against both is there once',
    [
      [7, []],
      [8, [7]],
      [9, [7, 8]],
    ],
    [9, 8],
  ],
  [
    'a diamond',
    [
      [7, []],
      [8, [7]],
      [9, [7]],
      [10, [8, 9]],
    ],
    [10, 9, 8],
  ],
  [
    'the last that was loaded goes first',
    [
      [7, []],
      [12, [7]],
      [9, [7]],
      [10, [7]],
    ],
    [12, 10, 9],
  ],
  [
    'a dependent with a lower index still comes before what it needs',
    [
      [7, []],
      [9, [7]],
      [3, [9]],
    ],
    [3, 9],
  ],
  [
    'what it is itself linked against is none',
    [
      [5, []],
      [7, [5]],
      [6, [5]],
    ],
    [],
  ],
  [
    'a row without its list',
    [
      [7, []],
      [8, undefined],
    ],
    [],
  ],
  [
    'a circle, which no kernel lists, ends',
    [
      [7, [9]],
      [8, [7, 9]],
      [9, [8]],
    ],
    [9, 8],
  ],
  [
    'one that names itself',
    [
      [7, [7]],
      [8, [7, 8]],
    ],
    [8],
  ],
];

describe('The kexts that have to be unloaded before another one', () => {
  for (const [what, links, order] of table)
    it(what, () => {
      assert.deepEqual(orderOf(7, links), order);
    });

  it('are none where the kernel gave no index', () => {
    const asked = kext('org.sample.a', { index: undefined });
    assert.deepEqual(unloadOrder(asked, [asked, kext('org.sample.b', { index: 8, linkedAgainst: [7] })]), []);
  });

  it('come before everything that they are linked against, each once, and no other is among them', () => {
    // Each is linked against some of those before it; indexes are given out in any order.
    const graph = fc
      .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 14 })
      .chain(rows => fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows.keys()], { minLength: rows.length })));
    fc.assert(
      fc.property(graph, fc.nat(), ([rows, indexes], at) => {
        const links = rows.map((row, own) => row.flatMap(to => (own === 0 ? [] : [to % own])));
        const all = links.map((to, own) =>
          kext(`org.sample.k${own}`, { index: indexes[own], linkedAgainst: to.map(each => indexes[each] ?? 0) }),
        );
        const base = at % all.length;
        const order = unloadOrder(all[base] ?? assert.fail(), all).map(each => all.indexOf(each));
        const needs = (own: number): boolean => links[own]?.some(to => to === base || needs(to)) ?? false;
        assert.deepEqual(
          order.toSorted((a, b) => a - b),
          [...all.keys()].filter(own => own !== base && needs(own)),
        );
        for (const [place, own] of order.entries())
          for (const to of links[own] ?? []) assert.ok(!order.slice(0, place).includes(to), `${own} needs ${to}`);
      }),
    );
  });
});
