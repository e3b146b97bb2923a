import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  buildDriver,
  call,
  callAsync,
  instances,
  open,
  panicOf,
  run,
  type SmallDriver,
  wait,
} from './drivers/smallDriver.ts';

const nubComes = 0;
const nubsGo = 1;
const message = 2;
const waitForNub = 3;
const disable = 4;
const iterate = 5;

let driver: SmallDriver;
let forgetful: SmallDriver;

before(async () => {
  driver = await buildDriver('Notified');
  forgetful = await buildDriver('Notified', 'FORGETS_NOTIFIER');
});
after(() => Promise.all([driver.remove(), forgetful.remove()]));

const opened = open('Notified');

describe('A matching notification', () => {
  it('tells what comes and what goes, each once', async () => {
    const answer = await run(driver, opened, call(1, nubComes), call(1, nubsGo));
    assert.deepEqual(answer.events[1]?.log, ['there: Nub']);
    assert.deepEqual(answer.events[2]?.log, ['gone: Nub']);
  });

  it('says nothing while it is disabled', async () => {
    const answer = await run(driver, opened, call(1, disable), call(1, nubComes));
    assert.deepEqual(answer.events[2]?.log, []);
  });

  it('that is removed is gone, and keeps nothing', async () => {
    const answer = await run(driver, opened, driver.unload);
    assert.equal(answer.events[1]?.status, 0);
    assert.equal(instances(answer, '_IOServiceNotifier'), 0);
    assert.equal(instances(answer, '_IOServiceInterestNotifier'), 0);
  });

  it('that its driver forgot is sent to code that is gone: a panic that names the kext', async () => {
    const panic = await panicOf(
      forgetful,
      opened,
      forgetful.unload,
      forgetful.load,
      open('Notified', 2),
      call(2, nubComes),
    );
    assert.match(panic.reason, /code of com\.example\.Notified was run after its unload/);
    assert.equal(panic.kext, 'com.example.Notified');
  });
});

describe('An interest', () => {
  it('hears what the service tells its clients', async () => {
    const answer = await run(driver, opened, call(1, message, 0xe0000310));
    assert.deepEqual(answer.events[1]?.log, ['heard: 0xe0000310 from Notified']);
  });
});

describe('Waiting for a service', () => {
  it('ends when one comes that matches', async () => {
    const answer = await run(driver, opened, open('Notified', 2), callAsync(1, waitForNub, 60_000), call(2, nubComes));
    assert.equal('running' in (answer.events[2] ?? {}), true);
    assert.equal(instances(answer, 'Nub'), 1);
  });

  it('ends with nothing when its time is over', async () => {
    const answer = await run(driver, opened, call(1, waitForNub, 500));
    assert.deepEqual(answer.events[1]?.scalars, [0]);
  });
});

describe('An iterator', () => {
  it('gives what the collection holds, and nothing any more once that has changed', async () => {
    const answer = await run(driver, opened, call(1, iterate), wait(1));
    assert.deepEqual(answer.events[1]?.scalars, [20]);
  });
});
