import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { KernelAnswer } from '../../../src/simulator/kernelAnswer.ts';
import {
  boot,
  buildDriver,
  call,
  type Event,
  entry,
  instances,
  isLoaded,
  last,
  library,
  open,
  panicOf,
  run,
  runMac,
  type SmallDriver,
  wait,
} from '../drivers/smallDriver.ts';
import {
  dataKext,
  keepThings,
  makeAThingInStop,
  ofApple,
  prepared,
  retainItsKext,
  say,
  stopGives,
} from './unloadEvents.ts';

let driver: SmallDriver;
let apples: SmallDriver;
before(async () => {
  driver = await buildDriver('Unloaded');
  apples = await buildDriver('Unloaded', 'APPLES');
});
after(() => Promise.all([driver.remove(), apples.remove()]));

const identifier = 'com.example.Unloaded';
const inUse = 0xdc008018;
const stopFailed = 0xdc008017;

/** The status and the log of an unload after `events`, and what is there then. */
async function unloadAfter(
  ...events: readonly Event[]
): Promise<readonly [status: number, log: readonly string[], KernelAnswer]> {
  const answer = await run(driver, ...events, driver.unload);
  const { status, log } = last(answer);
  return [status, log, answer];
}

/** The same on a Mac whose boot, or whose load of the kext, says more. */
async function unloadOn(more: { boot?: object; load?: object; events?: readonly Event[] }): Promise<KernelAnswer> {
  const events = [{ ...boot, ...more.boot }, { ...driver.load, ...more.load }, ...(more.events ?? [])];
  return runMac(driver, ...events, driver.unload);
}

const said = (answer: KernelAnswer) => [last(answer).status, last(answer).log];
/** Of the driver: alive as if nothing had been asked, stuck, or gone. */
const driverIs = (answer: KernelAnswer) => {
  const found = entry(answer, 'Unloaded');
  return found === undefined ? 'gone' : found.active ? 'active' : 'inactive';
};

/** Nothing has been terminated. */
const untouched = (answer: KernelAnswer) =>
  assert.deepEqual([isLoaded(answer, identifier), driverIs(answer)], [true, 'active']);

describe('An unload, step by step (SEMANTICS §3)', () => {
  it('§3 the first check that fails decides, in this order', async () => {
    const keptByPolicy = [identifier];
    const opened = [open('Unloaded'), call(1, 2), keepThings(1), stopGives(5)];
    const dependent = { ...dataKext('com.example.Dependent'), dependencies: [identifier] };
    const load = { unloadUnsupported: true, allowUserTerminate: false };
    const first = async (more: Parameters<typeof unloadOn>[0]) => {
      const { status, log } = last(await unloadOn(more));
      return `${status.toString(16)} ${log[0] ?? ''}`;
    };
    const all = [dependent, ...opened];
    const header = `dc008018 Can't unload kext ${identifier}; classes have instances:`;
    assert.match(await first({ boot: { keptByPolicy }, load, events: all }), /^dc000001 .*MAC policy error/);
    assert.equal(await first({ load, events: all }), 'dc008018 ');
    assert.match(await first({ load, events: [...all, wait(2)] }), /^dc008018 .*unsupported by cache/);
    const forbidden = { allowUserTerminate: false };
    assert.match(
      await first({ load: forbidden, events: [...all, wait(2)] }),
      /^dc008018 .*services failed to terminate/,
    );
    assert.match(await first({ load: forbidden, events: [...opened, wait(2)] }), /^e00002c7 disallowing kextunload/);
    assert.equal(await first({ events: [...opened, wait(2)] }), header);
    assert.match(await first({ events: [open('Unloaded'), stopGives(5)] }), /^dc008017 .*did not stop/);
  });

  it('§3.1 of a kext that is not loaded: not found', async () => {
    const answer = await run(driver, { event: 'unload', identifier: 'com.example.Other' });
    assert.deepEqual(said(answer), [0xdc008006, ['Kext com.example.Other not found for unload request.']]);
    untouched(answer);
  });

  it('§3.2 is refused by a security policy before anything else is asked', async () => {
    const answer = await unloadOn({ boot: { keptByPolicy: [identifier] } });
    assert.deepEqual(said(answer), [0xdc000001, [`Failed to remove kext ${identifier} (MAC policy error 0x1).`]]);
    untouched(answer);
  });

  it('§3.3 is refused without a word while a resource that the kext asked for has not come', async () => {
    const [status, log, answer] = await unloadAfter(open('Unloaded'), call(1, 2));
    assert.deepEqual([status, log], [inUse, []]);
    untouched(answer);
    const [later, , gone] = await unloadAfter(...prepared(call(1, 2)), wait(2));
    assert.equal(later, 0);
    assert.ok(gone.log.some(({ text }) => text === 'resource: 0xdc008006'));
  });

  it('§3.4 is refused of a kext from a collection whose kexts have no fresh start', async () => {
    const answer = await unloadOn({ load: { unloadUnsupported: true } });
    assert.deepEqual(said(answer), [inUse, [`Can't remove kext ${identifier}; unsupported by cache.`]]);
    untouched(answer);
  });

  it('§3.5a is refused while another kext is linked against it, and no service is touched', async () => {
    const dependent = { ...dataKext('com.example.Dependent'), dependencies: [identifier] };
    const answer = await unloadOn({ events: [dependent] });
    const told = `Can't remove kext ${identifier}; services failed to terminate - 0xdc008018.`;
    assert.deepEqual(said(answer), [inUse, [told]]);
    untouched(answer);
  });

  it('§3.5b terminates each service whose own table names the kext, whoever made it, and waits for it', async () => {
    const [status, log, answer] = await unloadAfter(...prepared(say));
    assert.deepEqual([status, log], [0, ['stop of the driver', 'module stop', 'static destructor']]);
    assert.deepEqual([isLoaded(answer, identifier), driverIs(answer)], [false, 'gone']);
  });

  it('§3.5b is refused for a service of one of the kernel’s classes; those before it are terminated all the same', async () => {
    const own = { CFBundleIdentifier: identifier, IOProviderClass: 'IOResources' };
    const personalities = {
      Unloaded: { ...own, IOClass: 'Unloaded', IOMatchCategory: 'Unloaded', IOProbeScore: 2 },
      kernels: { ...own, IOClass: 'IOService', IOMatchCategory: 'kernels', IOProbeScore: 1 },
    };
    const answer = await unloadOn({ load: { personalities } });
    assert.deepEqual(said(answer), [
      0xe00002c7,
      [
        'disallowing kextunload terminate for bundleID __kernel__',
        `Can't remove kext ${identifier}; services failed to terminate - 0xe00002c7.`,
      ],
    ]);
    assert.deepEqual([isLoaded(answer, identifier), driverIs(answer)], [true, 'gone']);
  });

  it('§3.5b is refused where the kext says OSBundleAllowUserTerminate false, and its personalities stay', async () => {
    const answer = await unloadOn({ load: { allowUserTerminate: false } });
    assert.deepEqual(said(answer), [
      0xe00002c7,
      [
        `disallowing kextunload terminate for bundleID ${identifier}`,
        `Can't remove kext ${identifier}; services failed to terminate - 0xe00002c7.`,
      ],
    ]);
    untouched(answer);
  });

  it('§3.5b of one of Apple’s own is refused, unless it says OSBundleAllowUserTerminate true', async () => {
    const load = { ...apples.load, ...ofApple };
    const personality = { CFBundleIdentifier: ofApple.identifier, IOClass: 'Unloaded', IOProviderClass: 'IOResources' };
    const [own, unload] = [
      { ...load, personalities: { personality } },
      { event: 'unload', ...ofApple },
    ];
    const refused = await runMac(apples, boot, own, unload);
    assert.deepEqual([last(refused).status, driverIs(refused)], [0xe00002c7, 'active']);
    const allowed = await runMac(apples, boot, { ...own, allowUserTerminate: true }, unload);
    assert.deepEqual([last(allowed).status, driverIs(allowed)], [0, 'gone']);
  });

  it('§3.5b asks the kext of the service’s class, and not the one that is to be unloaded', async () => {
    const personality = { CFBundleIdentifier: ofApple.identifier, IOClass: 'Unloaded', IOProviderClass: 'IOResources' };
    const loads = [
      { ...driver.load, personalities: {} },
      { ...dataKext(ofApple.identifier), personalities: { personality } },
    ];
    const answer = await runMac(driver, boot, ...loads, { event: 'unload', ...ofApple });
    assert.deepEqual([last(answer).status, driverIs(answer)], [0, 'gone']);
  });

  it('§3.5c once its services are terminated its personalities are gone, whatever comes of the unload', async () => {
    const personality = { CFBundleIdentifier: identifier, IOClass: 'Unloaded', IOProviderClass: 'IOPlatformDevice' };
    const load = { ...driver.load, personalities: { personality } };
    const [plug, plugAnother] = ['Motor', 'Spare'].map(name => ({ event: 'plug', name }));
    const refused = [boot, load, plug, ...prepared(keepThings(1)), driver.unload, plugAnother] as Event[];
    const answer = await runMac(driver, ...refused);
    assert.deepEqual([driverIs(answer), isLoaded(answer, identifier)], ['gone', true]);
    // Another load of the same build sends them again: the old code gets new objects, and the one that is left stays.
    const again = await runMac(driver, ...refused, load);
    assert.deepEqual(
      [driverIs(again), instances(again, 'Unloaded'), instances(again, 'UnloadedThing')],
      ['active', 2, 1],
    );
  });

  it('§3.6 is refused while references are outstanding that came after the services went', async () => {
    const [status, log, answer] = await unloadAfter(...prepared(retainItsKext));
    const told = `Can't unload kext ${identifier}; outstanding references 3 (linkage or tracking object).`;
    assert.deepEqual([status, log], [inUse, [told]]);
    assert.deepEqual([isLoaded(answer, identifier), driverIs(answer)], [true, 'gone']);
  });

  it('§3.6 of a part of the kernel itself is an invalid argument', async () => {
    const kpi = { identifier: 'com.apple.kpi.example', version: '1', uuid: 'K', address: 0, size: 0, wired: 0 };
    const unload = { event: 'unload', identifier: kpi.identifier };
    const answer = await runMac(driver, { ...boot, kexts: [{ ...kpi, references: 0 }] }, unload);
    assert.deepEqual(said(answer), [0xdc008005, []]);
  });

  it('§3.6 is refused while classes have instances: each is named, in the words of one and of several', async () => {
    const [status, log, answer] = await unloadAfter(...prepared(keepThings(2)));
    const header = `Can't unload kext ${identifier}; classes have instances:`;
    assert.deepEqual([status, log], [inUse, [header, `    Kext ${identifier} class UnloadedThing has 2 instances.`]]);
    assert.deepEqual([isLoaded(answer, identifier), driverIs(answer)], [true, 'gone']);
    const [, one] = await unloadAfter(...prepared(keepThings(1)));
    assert.deepEqual(one, [header, `    Kext ${identifier} class UnloadedThing has 1 instance.`]);
  });

  it('§3.7 a stop function that fails: its own code in one line, the kernel’s in the next, and the classes are gone', async () => {
    const [status, log, answer] = await unloadAfter(...prepared(stopGives(5)));
    assert.deepEqual(
      [status, log],
      [
        stopFailed,
        [
          `Kext ${identifier} did not stop (return code 0x5).`,
          `Kext ${identifier} can't unload - module stop returned 0xdc008017.`,
        ],
      ],
    );
    assert.deepEqual([isLoaded(answer, identifier), instances(answer, 'Unloaded')], [true, undefined]);
    const again = await run(driver, ...prepared(stopGives(5)), driver.unload, driver.load);
    assert.ok(again.log.some(({ text }) => text === `Couldn't alloc class "Unloaded"`));
  });

  it('§3.7 instances that the stop function makes are found after it', async () => {
    const [status, log, answer] = await unloadAfter(...prepared(makeAThingInStop));
    assert.deepEqual(
      [status, log],
      [
        stopFailed,
        [
          `Can't tear down kext ${identifier} C++; classes have instances:`,
          `    Kext ${identifier} class UnloadedThing has 1 instance.`,
          `Kext ${identifier} did not stop (return code 0xdc004002).`,
          `Kext ${identifier} can't unload - module stop returned 0xdc008017.`,
        ],
      ],
    );
    assert.ok(isLoaded(answer, identifier));
  });

  it('§3.8 afterwards it is not listed, what it was linked against has one reference less, its code cannot run', async () => {
    const more = { boot: { kexts: [library] }, load: { dependencies: [library.identifier] } };
    const references = ({ kexts }: KernelAnswer) =>
      kexts.find(each => each.identifier === library.identifier)?.references;
    const loaded = await runMac(driver, { ...boot, ...more.boot }, { ...driver.load, ...more.load });
    const unloaded = await unloadOn(more);
    assert.deepEqual([references(loaded), references(unloaded), isLoaded(unloaded, identifier)], [1, 0, false]);
    const panic = await panicOf(driver, ...prepared(call(1, 6, 5000)), driver.unload, wait(5));
    assert.match(panic.reason, /code of com\.example\.Unloaded was run after its unload/);
  });

  it('§3.9 a success alone lets others match what it drove', async () => {
    const own = {
      CFBundleIdentifier: identifier,
      IOClass: 'Unloaded',
      IOProviderClass: 'IOResources',
      IOProbeScore: 9,
    };
    const others = { CFBundleIdentifier: 'com.example.Other', IOClass: 'IOService', IOProviderClass: 'IOResources' };
    const loads = [
      { ...driver.load, personalities: { own } },
      { ...dataKext('com.example.Other'), personalities: { others } },
    ];
    const drives = (answer: KernelAnswer) =>
      entry(answer, 'IOResources')?.children.map(each => each.class) ?? assert.fail('IOResources is gone');
    assert.deepEqual(drives(await runMac(driver, boot, ...loads)), ['Unloaded']);
    assert.deepEqual(drives(await runMac(driver, boot, ...loads, driver.unload)), ['IOService']);
    const refused = await runMac(driver, boot, ...loads, ...prepared(keepThings(1)), driver.unload);
    assert.deepEqual(drives(refused), []);
  });
});
