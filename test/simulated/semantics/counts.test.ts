import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { KernelAnswer } from '../../../src/simulator/kernelAnswer.ts';
import { buildDriver, call, entry, instances, open, run, type SmallDriver, wait } from '../drivers/smallDriver.ts';

let driver: SmallDriver;
before(async () => {
  driver = await buildDriver('Counted');
});
after(() => driver.remove());

const kinds = [
  'CountedBase',
  'CountedMiddle',
  'CountedLeaf',
  'CountedConcrete',
  'a subclass of CountedBase without macros',
  'CountedForgetful',
  'CountedPicky',
  'a nub without macros',
  'no libkern object',
  'CountedAbstract',
] as const;

const make = (kind: (typeof kinds)[number]) => call(1, 0, kinds.indexOf(kind));
const giveUp = call(1, 1);
const inUse = 0xdc008018;

/** What the driver's process does with objects. */
const happens = (...events: Parameters<typeof run>[1][]) => run(driver, open('Counted'), ...events);

function counts(answer: KernelAnswer, ...names: readonly string[]): readonly (number | undefined)[] {
  return names.map(name => instances(answer, `Counted${name}`));
}

describe('Instance counts (SEMANTICS §1)', () => {
  it('§1.1 every class has one count from its kext’s start on; it is 0 while there is no object', async () => {
    assert.deepEqual(counts(await happens(), 'Base', 'Middle', 'Leaf', 'Abstract'), [0, 0, 0, 0]);
    const gone = await run(driver, driver.unload);
    assert.deepEqual(counts(gone, 'Base', 'Middle', 'Leaf', 'Abstract'), Array(4).fill(undefined));
  });

  it('§1.2 an object is counted once, by its most derived class', async () => {
    const answer = await happens(make('CountedLeaf'), make('CountedLeaf'), make('CountedLeaf'));
    // The ones above are for the subclass that is in use, not for its objects.
    assert.deepEqual(counts(answer, 'Leaf', 'Middle', 'Base'), [3, 1, 1]);
  });

  it('§1.3 the first object of a class counts one up at its superclass, the last one takes it away', async () => {
    const two = [make('CountedMiddle'), make('CountedMiddle')];
    assert.deepEqual(counts(await happens(...two), 'Middle', 'Base'), [2, 1]);
    assert.deepEqual(counts(await happens(...two, giveUp), 'Middle', 'Base'), [1, 1]);
    assert.deepEqual(counts(await happens(...two, giveUp, giveUp), 'Middle', 'Base'), [0, 0]);
  });

  it('§1.4 a count is the own objects and one for each direct subclass in use', async () => {
    const answer = await happens(
      make('CountedBase'),
      make('CountedBase'),
      make('CountedMiddle'),
      make('CountedLeaf'),
      make('CountedLeaf'),
      make('CountedConcrete'),
    );
    // Of CountedBase: two of its own, CountedMiddle and CountedAbstract.
    assert.deepEqual(counts(answer, 'Base', 'Middle', 'Leaf', 'Abstract', 'Concrete'), [4, 2, 2, 1, 1]);
  });

  it('§1.5 a count falls in OSObject::free(): a free() that does not reach it leaks the count', async () => {
    const answer = await happens(make('CountedForgetful'), giveUp, make('CountedBase'), giveUp);
    assert.deepEqual(counts(answer, 'Forgetful', 'Base'), [1, 0]);
  });

  it('§1.5 an object whose init failed counts until it is released', async () => {
    assert.deepEqual(counts(await happens(make('CountedPicky')), 'Picky'), [1]);
    assert.deepEqual(counts(await happens(make('CountedPicky'), giveUp), 'Picky'), [0]);
  });

  it('§1.5 what is counted down too often shows as a negative count, and in the log', async () => {
    const answer = await happens(make('CountedBase'), call(1, 2), giveUp);
    assert.deepEqual(answer.events.at(-1)?.log, ['OSMetaClass: Class CountedBase - bad retain (-1)']);
    assert.deepEqual(counts(answer, 'Base'), [0xffffffff]);
  });

  it('§1.6 an abstract class has no objects, only its subclasses in use', async () => {
    const answer = await happens(make('CountedAbstract'), make('CountedConcrete'));
    assert.deepEqual(answer.events[1]?.scalars, [0]);
    assert.deepEqual(counts(answer, 'Abstract', 'Concrete'), [1, 1]);
  });

  it('§1.7 an object of a class without the macros is counted, and named in the registry, as its parent’s', async () => {
    const answer = await happens(make('a subclass of CountedBase without macros'), make('a nub without macros'));
    assert.deepEqual(counts(answer, 'Base', 'Plain', 'PlainNub'), [1, undefined, undefined]);
    assert.equal(entry(answer, 'Counted')?.children.filter(child => child.class === 'IOService').length, 1);
  });

  it('§1.8 an object that is none of libkern’s is not counted', async () => {
    const [before, after] = [await happens(), await happens(make('no libkern object'))];
    assert.deepEqual(after.classes, before.classes);
  });

  it('§1.9 new, OSTypeAlloc and allocClassWithName count alike', async () => {
    const answer = await happens(make('CountedConcrete'), make('CountedMiddle'), make('CountedLeaf'));
    assert.deepEqual(counts(answer, 'Concrete', 'Middle', 'Leaf'), [1, 2, 1]);
  });

  it('§1.10 a class that is being looked up keeps its kext, and no class is named; a moment later it goes', async () => {
    const lookUp = call(1, 3);
    const answer = await happens(lookUp, driver.unload);
    const refusal = answer.events.at(-1);
    assert.deepEqual(
      [refusal?.status, refusal?.log],
      [inUse, [`Can't unload kext com.example.Counted; classes have instances:`]],
    );
    const late = await happens(lookUp, call(1, 5, 2000), driver.unload, wait(2), driver.unload);
    assert.deepEqual(
      late.events.slice(-3).map(({ status }) => status),
      [inUse, 0, 0],
    );
    const given = await happens(lookUp, call(1, 4), driver.unload);
    assert.equal(given.events.at(-1)?.status, 0);
  });
});
