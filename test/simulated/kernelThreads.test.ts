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
  run,
  type SmallDriver,
  wait,
} from './drivers/smallDriver.ts';

let driver: SmallDriver;
let forgetful: SmallDriver;

before(async () => {
  driver = await buildDriver('Sleeper');
  forgetful = await buildDriver('Sleeper', 'FORGETS_THREAD_CALL');
});
after(() => Promise.all([driver.remove(), forgetful.remove()]));

describe("The simulated kernel's threads", () => {
  it('sleep on the virtual clock, and nothing else moves it', async () => {
    const answer = await run(driver, open('Sleeper'), call(1, 0, 1500), call(1, 1, 2000));
    assert.deepEqual(answer.events[1]?.scalars, [1_500_000_000]);
    assert.deepEqual(answer.events[2]?.scalars, [2_000_000]);
    assert.equal(milliseconds(answer), 1502);
  });

  it('are left inside a call that takes more than 100 seconds, and go on while others work', async () => {
    const answer = await run(
      driver,
      open('Sleeper'),
      call(1, 0, 130_000),
      open('Sleeper', 2),
      call(2, 0, 20_000),
      wait(10),
    );
    const [, long, , short, waited] = answer.events;
    assert.deepEqual(long, { status: 0xe00002d6, running: true, log: [] });
    assert.deepEqual(short?.log, ['slept 20000']);
    assert.deepEqual(waited?.log, ['slept 130000']);
    assert.equal(milliseconds(answer), 130_000);
  });

  it('run side by side, each as long as it wants', async () => {
    const answer = await run(
      driver,
      open('Sleeper'),
      callAsync(1, 0, 3000),
      callAsync(1, 0, 1000),
      callAsync(1, 0, 2000),
      wait(5),
    );
    assert.deepEqual(answer.events.at(-1)?.log, ['slept 1000', 'slept 2000', 'slept 3000']);
    assert.equal(milliseconds(answer), 5000);
  });

  it('have a stack of 128 KB, whose overflow is a panic in the code that went too deep', async () => {
    const deepEnough = await run(driver, open('Sleeper'), call(1, 2, 1000));
    assert.deepEqual(deepEnough.events[1]?.scalars, [1000]);
    const panic = await panicOf(driver, open('Sleeper'), call(1, 2, 10_000));
    assert.match(panic.reason, /kernel stack overflow/);
    assert.equal(panic.kext, 'com.example.Sleeper');
  });

  it('may not keep the clock where it is: the panic names the kext that does', async () => {
    const panic = await panicOf(driver, open('Sleeper'), call(1, 3));
    assert.match(panic.reason, /thread_call: .* no time has passed/);
    assert.equal(panic.kext, 'com.example.Sleeper');
  });

  it('leave nothing behind, and every run says the same', async () => {
    const events = [open('Sleeper'), callAsync(1, 0, 3000), wait(1), driver.unload, driver.unload];
    const runs = await Promise.all(Array.from({ length: 20 }, () => run(driver, ...events)));
    assert.equal(new Set(runs.map(each => JSON.stringify(each))).size, 1);
    assert.equal(instances(runs[0] ?? assert.fail(), 'Sleeper'), undefined);
  });
});

describe('A thread call', () => {
  it('runs once its time has come, and entered again it waits anew', async () => {
    const once = await run(driver, open('Sleeper'), call(1, 4, 100), wait(1));
    assert.deepEqual(once.events[2]?.log, ['ran at 100 ms']);
    const again = await run(driver, open('Sleeper'), call(1, 4, 100), call(1, 4, 700), wait(1));
    assert.deepEqual(again.events[2]?.scalars, [1]);
    assert.deepEqual(again.events[3]?.log, ['ran at 700 ms']);
  });

  it('does not run when it was cancelled', async () => {
    const answer = await run(driver, open('Sleeper'), call(1, 4, 100), call(1, 5), call(1, 5), wait(1));
    assert.deepEqual([answer.events[2]?.scalars, answer.events[3]?.scalars], [[1], [0]]);
    assert.deepEqual(answer.events[4]?.log, []);
  });

  it('that runs is waited for by a driver that stops', async () => {
    const answer = await run(driver, open('Sleeper'), call(1, 4, 0), driver.unload);
    assert.equal(answer.events[2]?.status, 0);
    assert.deepEqual(answer.events[2]?.log, []);
    assert.equal(milliseconds(answer), 500);
  });

  it('that its driver forgot runs into code that is gone: a panic that names the kext', async () => {
    const panic = await panicOf(forgetful, open('Sleeper'), call(1, 4, 100), forgetful.unload, wait(1));
    assert.match(panic.reason, /code of com\.example\.Sleeper was run after its unload/);
    assert.equal(panic.kext, 'com.example.Sleeper');
    assert.equal(panic.event, 5);
  });
});
