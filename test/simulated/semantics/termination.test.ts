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
  last,
  open,
  run,
  runMac,
  type SmallDriver,
  wait,
} from '../drivers/smallDriver.ts';
import {
  closeProvider,
  deferTermination,
  endDeferral,
  giveBack,
  habits,
  keepReference,
  node,
  secondProvider,
  stayInCall,
  stayInGate,
  steps,
  terminateNode,
} from './phasesEvents.ts';

let driver: SmallDriver;
before(async () => {
  driver = await buildDriver('Phases');
});
after(() => driver.remove());

const inUse = 0xdc008018;
const deadPort = 0x10000003;
const timedOut = 'terminate(kIOServiceSynchronous): THREAD_TIMED_OUT.';

/** The kernel after `events` and an unload, what the unload logged, and when it was over. */
async function unload(...events: readonly Event[]) {
  const answer = await run(driver, open('Phases'), ...events, driver.unload);
  const { status, log } = last(answer);
  return { status, log, seconds: answer.clock / 1e9, answer };
}

function nodeIn(answer: KernelAnswer) {
  return entry(answer, 'PhasesNode') ?? assert.fail('no node in the registry');
}

describe('Termination, phase by phase (SEMANTICS §5)', () => {
  it('§5.1 phase 1: the service and every client that has no other provider become inactive and busy', async () => {
    const { answer } = await unload(node(habits.opens), node(0, 0));
    for (const name of ['Phases', 'PhasesNode']) {
      const { active, registered, matched, state, busy } = entry(answer, name) ?? assert.fail(name);
      assert.deepEqual([active, registered, matched, state], [false, false, false, 1], name);
      assert.ok(busy >= 1, name);
    }
  });

  it('§5.1 a client with another provider stays active, and so does one that refuses', async () => {
    const two = await unload(node(), secondProvider(0));
    assert.deepEqual([two.status, nodeIn(two.answer).active], [inUse, true]);
    assert.deepEqual(steps(two.log).slice(0, 4), [
      'node 0: willTerminate of Phases',
      'node 0: Phases is terminated',
      'node 0: didTerminate of Phases',
      'node 0: stop by Phases',
    ]);
    const refusing = await unload(node(habits.refuses));
    assert.deepEqual([refusing.status, instances(refusing.answer, 'PhasesNode')], [0, undefined]);
  });

  it('§5.1 takes the ports from the processes that have a client of it open', async () => {
    const answer = await run(driver, open('Phases'), driver.unload, call(1, 0));
    assert.equal(last(answer).status, deadPort);
  });

  it('§5.2 phase 2: willTerminate from the top down, before any didTerminate', async () => {
    const { log } = await unload(node(), node(0, 0), node(0, 0), node(0, 2));
    assert.deepEqual(steps(log).slice(0, 5), [
      'node 0: willTerminate of Phases',
      'node 1: willTerminate of node 0',
      'node 2: willTerminate of node 0',
      'node 3: willTerminate of node 2',
      'node 3: node 2 is terminated',
    ]);
  });

  it('§5.2 is held back while a client is in its start, or wants it to be (setTerminateDefer)', async () => {
    const { status, seconds } = await unload(node(), deferTermination(0, true), deferTermination(0, false, 5));
    assert.deepEqual([status, seconds], [0, 5]);
    const forEver = await unload(node(), deferTermination(0, true));
    assert.deepEqual([forEver.status, forEver.seconds, steps(forEver.log)], [inUse, 15, []]);
  });

  it('§5.2 the callbacks run behind the gate of the work loop, and wait for it', async () => {
    const { status, seconds } = await unload(node(), stayInGate(5));
    assert.deepEqual([status, seconds], [0, 5]);
  });

  it('§5.3 didTerminate from the leaves up, after the message that the provider is terminated', async () => {
    const { log } = await unload(node(), node(0, 0), node(0, 1));
    assert.deepEqual(steps(log).slice(3, 9), [
      'node 2: node 1 is terminated',
      'node 2: didTerminate of node 1',
      'node 1: node 0 is terminated',
      'node 1: didTerminate of node 0',
      'node 0: Phases is terminated',
      'node 0: didTerminate of Phases',
    ]);
  });

  it('§5.3 a client that has its provider open is asked to close, and stops once it did', async () => {
    for (const [habit, asked] of [
      [habits.closesWhenAsked, true],
      [habits.closesInDidTerminate, false],
    ] as const) {
      const { status, log, seconds } = await unload(node(habits.opens | habit));
      assert.deepEqual([status, seconds], [0, 0]);
      assert.equal(log.includes('node 0: asked to close'), asked);
    }
    const later = await unload(node(habits.opens), closeProvider(0, 5));
    assert.deepEqual([later.status, later.seconds], [0, 5]);
  });

  it('§5.3 one that does not close holds the chain: inactive, busy, after 15 seconds the unload goes on and is refused', async () => {
    const { status, log, seconds, answer } = await unload(node(habits.opens));
    assert.deepEqual([status, seconds], [inUse, 15]);
    const id = entry(answer, 'Phases')?.id;
    assert.ok(log[5]?.startsWith(`Phases[${id}]::${timedOut}`), log[5]);
    assert.deepEqual(steps(log), [
      'node 0: willTerminate of Phases',
      'node 0: Phases is terminated',
      'node 0: didTerminate of Phases',
      'node 0: asked to close',
      'node 0: finalize',
    ]);
    assert.deepEqual([nodeIn(answer).active, nodeIn(answer).busy], [false, 1]);
  });

  it('§5.3 one that defers holds it until it calls didTerminate again', async () => {
    const deferring = await unload(node(habits.defers));
    assert.deepEqual([deferring.status, deferring.seconds], [inUse, 15]);
    const done = await unload(node(habits.defers), endDeferral(0, 5));
    assert.deepEqual([done.status, done.seconds], [0, 5]);
  });

  it('§5.3 an unload never asks the driver itself: its own callbacks come only when its provider goes', async () => {
    const asked = (log: readonly string[]) => log.filter(line => /^driver: (will|did)Terminate$/.test(line));
    assert.deepEqual(asked((await unload(node())).log), []);
    const onDevice = {
      CFBundleIdentifier: 'com.example.Phases',
      IOClass: 'Phases',
      IOProviderClass: 'IOPlatformDevice',
    };
    const device = { event: 'plug', name: 'Motor' };
    const load = { ...driver.load, personalities: { onDevice } };
    const answer = await runMac(driver, boot, load, device, { event: 'unplug', name: 'Motor' });
    assert.deepEqual(asked(last(answer).log), ['driver: willTerminate', 'driver: didTerminate']);
  });

  it('§5.4 leaves are finalized; a user client not before the call inside it has come back', async () => {
    const { log } = await unload(node(), node(0, 0));
    assert.ok(log.indexOf('node 1: finalize') < log.indexOf('node 0: finalize'));
    const inside = await unload(stayInCall(30));
    assert.deepEqual([inside.status, inside.seconds], [inUse, 15]);
    assert.equal(entry(inside.answer, 'TestUserClient')?.active, false);
    const back = await run(driver, open('Phases'), stayInCall(30), driver.unload, wait(20), driver.unload);
    assert.equal(last(back).status, 0);
  });

  it('§5.5 stop, a forced close, detach; a provider is finalized when its last client has gone', async () => {
    const { status, log } = await unload(node(), node(0, 0));
    assert.equal(status, 0);
    assert.deepEqual(steps(log).slice(6, 12), [
      'node 1: finalize',
      'node 1: stop by node 0',
      'node 0: finalize',
      'node 0: stop by Phases',
      'driver: finalize',
      'driver: stop, not in the gate',
    ]);
    // Terminated by itself it still has its provider open when it stops: that is closed for it, before it detaches.
    const forced = await run(driver, open('Phases'), node(habits.opens), terminateNode(0));
    assert.deepEqual(steps(last(forced).log), [
      'node 0: finalize',
      'node 0: stop by Phases, which it has open',
      'driver: closed for node 0',
      'node 0: free',
    ]);
  });

  it('§5.6 free comes with the last release: one reference too many, and it is in no registry and still counted', async () => {
    const { status, log, seconds, answer } = await unload(node(), keepReference(0));
    assert.deepEqual([status, seconds], [inUse, 0]);
    assert.deepEqual([entry(answer, 'PhasesNode'), instances(answer, 'PhasesNode')], [undefined, 1]);
    assert.ok(!log.includes('node 0: free'));
    const later = await run(
      driver,
      open('Phases'),
      node(),
      keepReference(0),
      giveBack(0, 3),
      driver.unload,
      wait(3),
      driver.unload,
    );
    assert.deepEqual(
      later.events.slice(-3).map(event => event.status),
      [inUse, 0, 0],
    );
    assert.deepEqual(later.events.at(-2)?.log, ['node 0: free']);
  });
});
