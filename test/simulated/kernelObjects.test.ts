import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buildDriver, call, instances, open, panicOf, run, type SmallDriver } from './drivers/smallDriver.ts';

let driver: SmallDriver;
before(async () => {
  driver = await buildDriver('Retained');
});
after(() => driver.remove());

const make = call(1, 0);
const retain = (times = 1) => call(1, 1, times);
const release = call(1, 2);
const intoArray = call(1, 3);
const intoDictionary = call(1, 4);
const replaceInDictionary = call(1, 5);
const flush = call(1, 6);
const releaseLast = call(1, 9);
const releaseCollections = call(1, 7);
const keptByArrayAlone = call(1, 8);

/** The retain count after each call. */
const counts = async (...events: Parameters<typeof run>[1][]) =>
  (await run(driver, open('Retained'), ...events)).events.slice(1).map(event => event.scalars?.[0]);

const happens = (...events: Parameters<typeof run>[1][]) => run(driver, open('Retained'), ...events);

describe('References to an object', () => {
  it('count from one at its creation, up and down', async () => {
    assert.deepEqual(await counts(make, retain(), retain(3), release), [1, 2, 5, 4]);
  });

  it('of a collection count beside the others, and go when it is emptied, replaced or freed', async () => {
    assert.deepEqual(await counts(make, intoArray, intoArray, intoDictionary), [1, 2, 3, 4]);
    assert.deepEqual(await counts(make, intoDictionary, intoDictionary), [1, 2, 2]);
    assert.deepEqual(await counts(make, intoArray, intoDictionary, flush), [1, 2, 3, 1]);
    assert.deepEqual(await counts(make, intoDictionary, replaceInDictionary), [1, 2, 1]);
    assert.equal(instances(await happens(make, keptByArrayAlone), 'RetainedThing'), 0);
    assert.equal(instances(await happens(make, intoArray, releaseCollections, releaseLast), 'RetainedThing'), 0);
  });

  it('that others give back below what collections hold are a panic in the words of xnu', async () => {
    const panic = await panicOf(driver, open('Retained'), make, intoArray, release, release);
    assert.equal(panic.reason, 'A kext releasing a(n) RetainedThing has corrupted the registry.');
    assert.equal(panic.kext, 'com.example.Retained');
  });

  it('to one that was freed are a panic, in both directions', async () => {
    for (const tooLate of [releaseLast, retain()]) {
      const panic = await panicOf(driver, open('Retained'), make, releaseLast, tooLate);
      assert.match(panic.reason, /a freed object was used$/);
      assert.equal(panic.kext, 'com.example.Retained');
    }
  });

  it('beyond 65,533 stay for ever: a leak that xnu prefers to an overflow', async () => {
    const [, pegged, after] = await counts(make, retain(70_000), release);
    assert.deepEqual([pegged, after], [0xfffe, 0xfffe]);
  });
});
