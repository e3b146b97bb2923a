import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  buildDriver,
  call,
  callAsync,
  close,
  entry,
  instances,
  milliseconds,
  open,
  quit,
  run,
  type SmallDriver,
  wait,
} from './drivers/smallDriver.ts';

const inUse = 0xdc008018;
const invalidDestination = 0x10000003;

let sleeper: SmallDriver;
let locking: SmallDriver;
let gate: SmallDriver;
let shared: SmallDriver;

before(async () => {
  sleeper = await buildDriver('Sleeper');
  locking = await buildDriver('Sleeper', 'LOCKS_CALLS');
  gate = await buildDriver('Gate');
  shared = await buildDriver('Shared');
});
after(() => Promise.all([sleeper, locking, gate, shared].map(each => each.remove())));

describe('A call that sleeps while its kext is unloaded (case A3)', () => {
  const asleep = [open('Sleeper'), callAsync(1, 0, 60_000), { event: 'unload', identifier: 'com.example.Sleeper' }];

  it('keeps the kext for 15 seconds, and then the unload is refused', async () => {
    const answer = await run(sleeper, ...asleep);
    const [, , unload] = answer.events;
    assert.equal(unload?.status, inUse);
    assert.match(
      unload?.log[0] ?? '',
      /^Sleeper\[0x[\da-f]+\]::terminate\(kIOServiceSynchronous\): THREAD_TIMED_OUT\./,
    );
    assert.deepEqual(unload?.log.slice(1), [
      "Can't unload kext com.example.Sleeper; classes have instances:",
      '    Kext com.example.Sleeper class Sleeper has 1 instance.',
      '    Kext com.example.Sleeper class TestDriver has 1 instance.',
      '    Kext com.example.Sleeper class TestUserClient has 1 instance.',
    ]);
    assert.equal(milliseconds(answer), 15_000);
    for (const name of ['Sleeper', 'TestUserClient']) {
      const { active, registered } = entry(answer, name) ?? {};
      assert.deepEqual({ active, registered }, { active: false, registered: false }, name);
    }
    assert.equal(entry(answer, 'Sleeper')?.busy, 2);
    assert.equal(entry(answer, 'TestUserClient')?.busy, 1);
  });

  it('lets everything go by itself when it returns, and a second unload succeeds', async () => {
    const answer = await run(sleeper, ...asleep, wait(50), sleeper.unload);
    assert.deepEqual(answer.events[3]?.log, ['slept 60000']);
    assert.equal(answer.events[4]?.status, 0);
    assert.equal(instances(answer, 'Sleeper'), undefined);
    assert.equal(entry(answer, 'Sleeper'), undefined);
  });

  it('holds nothing once its objects are gone, though the kext is still there', async () => {
    const answer = await run(sleeper, ...asleep, wait(50));
    assert.deepEqual([instances(answer, 'Sleeper'), instances(answer, 'TestUserClient')], [0, 0]);
    assert.deepEqual(
      answer.kexts.map(each => each.identifier),
      ['com.example.Sleeper'],
    );
  });
});

describe('A process', () => {
  it('that closes while a thread of it sleeps has its client terminated; the call goes on', async () => {
    const answer = await run(sleeper, open('Sleeper'), callAsync(1, 0, 5000), close(1), wait(1));
    assert.deepEqual(answer.events[2]?.log, ['clientClose']);
    assert.equal(entry(answer, 'TestUserClient')?.active, false);
    const later = await run(sleeper, open('Sleeper'), callAsync(1, 0, 5000), close(1), wait(6), sleeper.unload);
    assert.equal(later.events[4]?.status, 0);
  });

  it('that closes behind a sleeping call is blocked where its client wants its calls one at a time', async () => {
    const answer = await run(locking, open('Sleeper'), callAsync(1, 0, 5000), close(1), wait(1));
    assert.deepEqual([answer.events[2]?.log, answer.events[2]?.status], [['slept 5000', 'clientClose'], 0]);
    const calls = await run(locking, open('Sleeper'), callAsync(1, 0, 3000), callAsync(1, 0, 2000), wait(6));
    assert.deepEqual([calls.events[3]?.log, milliseconds(calls)], [['slept 3000', 'slept 2000'], 6000]);
  });

  it('that quits dies when its threads have left the kernel, and only then its client learns of it', async () => {
    const answer = await run(sleeper, open('Sleeper'), callAsync(1, 0, 5000), quit(1));
    assert.deepEqual(answer.events[2]?.log, ['slept 5000', 'clientDied', 'clientClose']);
    assert.equal(milliseconds(answer), 5000);
    assert.equal(instances(answer, 'TestUserClient'), 0);
  });

  it('that quits after the unload was refused lets its interrupted call go: a second unload succeeds', async () => {
    const answer = await run(gate, open('Gate'), callAsync(1, 0, 1), gate.unload, quit(1), gate.unload);
    const [, , refused, died, unloaded] = answer.events;
    assert.equal(refused?.status, inUse);
    assert.deepEqual(died?.log, ['woke: 2']);
    assert.equal(unloaded?.status, 0);
  });

  it('has a dead port once the service is terminated', async () => {
    const answer = await run(
      sleeper,
      open('Sleeper'),
      callAsync(1, 0, 20_000),
      sleeper.unload,
      call(1, 1, 1),
      close(1),
    );
    assert.equal(answer.events[3]?.status, invalidDestination);
    assert.equal(answer.events[4]?.status, invalidDestination);
    assert.deepEqual(answer.events[4]?.log, []);
  });
});

describe('A driver with handleOpen() of its own', () => {
  it('decides how many hold it open', async () => {
    const answer = await run(shared, open('Shared'), call(1, 0), call(1, 0), call(1, 1), call(1, 2), call(1, 1));
    assert.deepEqual(
      answer.events.slice(1).map(each => each.scalars),
      [[1], [1], [2], [0], [0]],
    );
  });

  it('is held by a client that is open in it: 15 seconds, and the unload is refused', async () => {
    const answer = await run(shared, open('Shared'), call(1, 0), shared.unload);
    assert.equal(answer.events[2]?.status, inUse);
    assert.match(answer.events[2]?.log[0] ?? '', /THREAD_TIMED_OUT/);
    assert.equal(milliseconds(answer), 15_000);
  });
});

describe('A service with two providers', () => {
  it('stays active when one of them goes', async () => {
    const answer = await run(shared, open('Shared'), call(1, 3), shared.unload);
    assert.equal(answer.events[2]?.status, inUse);
    const { active, busy } = entry(answer, 'SharedNub') ?? {};
    assert.deepEqual({ active, busy }, { active: true, busy: 0 });
    assert.equal(entry(answer, 'Shared'), undefined);
    assert.equal(instances(answer, 'Shared'), 0);
    assert.equal(instances(answer, 'SharedNub'), 1);
  });
});
