import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  buildDriver,
  call,
  callAsync,
  instances,
  milliseconds,
  open,
  panicOf,
  quit,
  run,
  type SmallDriver,
  wait,
} from './drivers/smallDriver.ts';

let driver: SmallDriver;
let forgetful: SmallDriver;

before(async () => {
  driver = await buildDriver('Gate');
  forgetful = await buildDriver('Gate', 'FORGETS_TIMER');
});
after(() => Promise.all([driver.remove(), forgetful.remove()]));

const interruptible = 1;
const twoOpen = [open('Gate'), open('Gate', 2)];

describe('A command gate', () => {
  it('is handed over while its action sleeps, and taken back when it is woken', async () => {
    const answer = await run(driver, ...twoOpen, callAsync(1, 0, interruptible), call(2, 1), driver.unload);
    assert.deepEqual(answer.events[2]?.log, ['waits']);
    assert.equal('running' in (answer.events[2] ?? {}), true);
    assert.deepEqual(answer.events[3]?.log, ['wakes', 'woke: 0']);
    assert.equal(answer.events[4]?.status, 0);
  });

  it('lets a process that quits out of a sleep that can be interrupted, and of no other', async () => {
    const interrupted = await run(driver, ...twoOpen, callAsync(1, 0, interruptible), quit(1));
    assert.deepEqual(interrupted.events[3]?.log, ['woke: 2', 'clientDied', 'clientClose']);
    assert.equal(milliseconds(interrupted), 0);

    const stuck = await run(driver, ...twoOpen, callAsync(1, 0, 0), quit(1), call(2, 1));
    assert.deepEqual(stuck.events[3], { status: 0xe00002d6, running: true, log: [] });
    assert.deepEqual(stuck.events[4]?.log, ['wakes', 'woke: 0', 'clientDied', 'clientClose']);
  });

  it('refuses to sleep for one who is not behind it: a panic', async () => {
    const panic = await panicOf(driver, ...twoOpen, call(1, 2));
    assert.equal(panic.reason, 'invalid commandSleep while not holding the gate');
    assert.equal(panic.kext, 'com.example.Gate');
  });
});

describe('A timer', () => {
  it('fires when its time has come, behind the gate, and can set itself again', async () => {
    const answer = await run(driver, ...twoOpen, call(1, 3, 100), wait(1));
    assert.deepEqual(answer.events[3]?.log, ['fired 1 at 100 ms', 'fired 2 at 110 ms', 'fired 3 at 120 ms']);
  });

  it('does not fire when it was cancelled, and what is set anew replaces what was set', async () => {
    const cancelled = await run(driver, ...twoOpen, call(1, 3, 100), call(1, 4), wait(1));
    assert.deepEqual(cancelled.events[4]?.log, []);
    const replaced = await run(driver, ...twoOpen, call(1, 3, 100), call(1, 3, 995), wait(1));
    assert.deepEqual(replaced.events[4]?.log, ['fired 1 at 995 ms']);
  });

  it('that its driver takes off the work loop is gone with it', async () => {
    const answer = await run(driver, ...twoOpen, call(1, 3, 100), driver.unload, wait(1));
    assert.equal(answer.events[3]?.status, 0);
    assert.equal(instances(answer, 'IOTimerEventSource'), 0);
    // The kernel has one of its own.
    assert.equal(instances(answer, 'IOWorkLoop'), 1);
    assert.equal(instances(answer, 'IOCommandGate'), 0);
  });

  it('that its driver forgot fires into code that is gone: a panic that names the kext', async () => {
    const panic = await panicOf(forgetful, ...twoOpen, call(1, 3, 100), forgetful.unload, wait(1));
    assert.match(panic.reason, /code of com\.example\.Gate was run after its unload/);
    assert.equal(panic.kext, 'com.example.Gate');
    assert.equal(panic.event, 6);
  });
});

describe('A lock', () => {
  it('is waited for by the threads that another one keeps out', async () => {
    const answer = await run(driver, ...twoOpen, callAsync(1, 5, 300), callAsync(2, 5, 200), call(1, 5, 100), wait(1));
    assert.deepEqual(answer.events[2]?.log, ['locked at 0 ms']);
    assert.deepEqual(answer.events[4]?.log, ['locked at 300 ms', 'locked at 500 ms']);
    assert.equal(milliseconds(answer), 1600);
  });

  it('is given up while its holder sleeps, until the event or the deadline', async () => {
    const woken = await run(driver, ...twoOpen, callAsync(1, 6, 1000), call(2, 7), wait(1));
    assert.equal(woken.events[3]?.status, 0);
    const late = await run(driver, ...twoOpen, call(1, 6, 1000));
    assert.deepEqual(late.events[2]?.scalars, [1]);
    assert.equal(milliseconds(late), 1000);
  });

  it('that is recursive may be taken twice; another one is a deadlock: a panic', async () => {
    const answer = await run(driver, ...twoOpen, call(1, 8));
    assert.deepEqual(answer.events[2], { status: 0, log: [], scalars: [1] });
    const panic = await panicOf(driver, ...twoOpen, call(1, 9));
    assert.match(panic.reason, /^deadlock/);
    assert.equal(panic.kext, 'com.example.Gate');
  });
});
