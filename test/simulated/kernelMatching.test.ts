import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Bencodable } from '../../src/simulator/bencode.ts';
import type { KernelAnswer } from '../../src/simulator/kernelAnswer.ts';
import { boot, buildDriver, entry, runMac, type SmallDriver } from './drivers/smallDriver.ts';

let driver: SmallDriver;
before(async () => {
  driver = await buildDriver('Matched');
});
after(() => driver.remove());

type Personality = { readonly [key: string]: Bencodable };

const onResources = (IOClass: string, more: Personality = {}): Personality => ({
  CFBundleIdentifier: 'com.example.Matched',
  IOClass,
  IOProviderClass: 'IOResources',
  ...more,
});

/** The Mac after a load with these personalities, in their order. */
function loaded(...personalities: readonly Personality[]): Promise<KernelAnswer> {
  const named = Object.fromEntries(personalities.map((personality, at) => [`p${at}`, personality]));
  return runMac(driver, boot, { ...driver.load, personalities: named });
}

const drives = (answer: KernelAnswer, provider = 'IOResources') =>
  entry(answer, provider)?.children.map(child => child.class) ?? assert.fail(`no ${provider}`);

describe('Matching', () => {
  it('starts the driver with the highest probe score of those that want the provider', async () => {
    const [low, high] = [{ IOProbeScore: 100 }, { IOProbeScore: 200 }];
    assert.deepEqual(drives(await loaded(onResources('Matched', low), onResources('IOService', high))), ['IOService']);
    assert.deepEqual(drives(await loaded(onResources('Matched', high), onResources('IOService', low))), ['Matched']);
  });

  it('asks each driver’s probe, which may think otherwise or refuse', async () => {
    const timid = onResources('MatchedTimid', { IOProbeScore: 300 });
    const refusing = onResources('MatchedRefusing', { IOProbeScore: 400 });
    const answer = await loaded(timid, refusing, onResources('IOService', { IOProbeScore: 1 }));
    assert.deepEqual(drives(answer), ['IOService']);
    assert.deepEqual(drives(await loaded(timid)), ['MatchedTimid']);
  });

  it('goes on to the next one where a driver does not start', async () => {
    const failing = onResources('MatchedFailing', { IOProbeScore: 9 });
    assert.deepEqual(drives(await loaded(failing, onResources('IOService'))), ['IOService']);
    assert.deepEqual(drives(await loaded(failing)), []);
  });

  it('gives a provider one driver for each match category', async () => {
    const [a, b] = [
      onResources('Matched', { IOMatchCategory: 'a' }),
      onResources('IOService', { IOMatchCategory: 'b' }),
    ];
    assert.deepEqual(drives(await loaded(a, b)), ['Matched', 'IOService']);
    assert.deepEqual(drives(await loaded(a, { ...b, IOMatchCategory: 'a' })).length, 1);
  });

  it('needs the resource that the personality names', async () => {
    const wants = (IOResourceMatch: Bencodable) => loaded(onResources('IOService', { IOResourceMatch }));
    assert.deepEqual(drives(await wants('IOKit')), ['IOService']);
    assert.deepEqual(drives(await wants('IONothing')), []);
    assert.deepEqual(drives(await wants(['IONothing', 'IOBSD'])), ['IOService']);
  });

  it('knows a nub by its class, its name and its properties', async () => {
    const nub = { CFBundleIdentifier: 'com.example.Matched', IOClass: 'MatchedTimid', IOProviderClass: 'IOService' };
    const wants = async (more: Personality) =>
      drives(await loaded(onResources('Matched'), { ...nub, ...more }), 'Matched');
    const driven = async (more: Personality) => {
      const answer = await loaded(onResources('Matched'), { ...nub, ...more });
      return entry(answer, 'Matched')?.children[0]?.children.map(child => child.class);
    };
    assert.deepEqual(await wants({}), ['IOService']);
    assert.deepEqual(await driven({ IONameMatch: 'port' }), ['MatchedTimid']);
    assert.deepEqual(await driven({ IONameMatch: ['plug', 'port'] }), ['MatchedTimid']);
    assert.deepEqual(await driven({ IONameMatch: 'plug' }), []);
    assert.deepEqual(await driven({ IONameMatch: 'port', IOPropertyMatch: { Speed: 480 } }), ['MatchedTimid']);
    assert.deepEqual(await driven({ IONameMatch: 'port', IOPropertyMatch: { Speed: 12 } }), []);
  });

  it('tells of a class that is not there', async () => {
    const answer = await loaded(onResources('NoSuchClass'));
    assert.deepEqual(
      answer.log.map(({ text }) => text),
      [`Couldn't alloc class "NoSuchClass"`],
    );
  });

  it('an object of the registry has its name, its location and its properties, and a driver its personality’s', async () => {
    const answer = await loaded(onResources('Matched', { Gears: 5, IOProbeScore: 7 }));
    const nub = entry(answer, 'Matched')?.children[0] ?? assert.fail();
    assert.deepEqual([nub.name, nub.location, nub.registered, nub.matched], ['port', '1,a', true, true]);
    assert.deepEqual(nub.properties, { Speed: 480, Kind: 'fast', Wired: true });
    const { Gears, IOProbeScore, IOClass } = entry(answer, 'Matched')?.properties ?? {};
    assert.deepEqual([Gears, IOProbeScore, IOClass], [5, 7, 'Matched']);
  });
});
