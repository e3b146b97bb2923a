import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  boot,
  buildDriver,
  call,
  type Event,
  entry,
  open,
  run,
  runMac,
  type SmallDriver,
} from '../drivers/smallDriver.ts';
import {
  deferTermination,
  endDeferral,
  habits,
  isBusy,
  node,
  secondProvider,
  steps,
  terminateAndWait,
  terminateNode,
} from './phasesEvents.ts';

let phases: SmallDriver;
let watched: SmallDriver;
before(async () => {
  [phases, watched] = await Promise.all([buildDriver('Phases'), buildDriver('Watched')]);
});
after(() => Promise.all([phases.remove(), watched.remove()]));

describe('A callback of a termination (SEMANTICS §5)', () => {
  const callbacks = {
    '§5.2 willTerminate': /: willTerminate of/,
    '§5.3 the message that the provider is terminated': / is terminated/,
    '§5.3 didTerminate': /: didTerminate of/,
    '§5.4 finalize': /^node \d: finalize/,
    '§5.5 stop': /: stop by/,
  };

  for (const [name, line] of Object.entries(callbacks))
    it(`${name} comes behind the gate of the work loop`, async () => {
      const answer = await run(phases, open('Phases'), node(), node(), node(0, 1), phases.unload);
      const said = steps(answer.events.at(-1)?.log ?? []).filter(each => line.test(each));
      assert.equal(said.length, 3);
      for (const each of said) assert.doesNotMatch(each, /not in the gate/);
    });

  it('§5.2 that terminates another service does not wait for it: the worker would wait for itself', async () => {
    const tree = [node(), node(habits.terminatesNext, 0), node()];
    const answer = await run(phases, open('Phases'), ...tree, terminateNode(0), phases.unload);
    assert.deepEqual(
      answer.events.slice(-2).map(({ status }) => status),
      [0, 0],
    );
    assert.ok(answer.log.some(({ text }) => text === 'node 2: stop by Phases'));
    assert.deepEqual([answer.threads, answer.clock], [0, 0]);
  });

  it('§5.2 comes once, also where a service is terminated by itself and then with its provider', async () => {
    for (const [held, goesOn] of [
      [[node(), node(0, 0), deferTermination(1, true)], deferTermination(1, false, 5)],
      [[node(), node(habits.defers, 0)], endDeferral(1, 5)],
    ] as const) {
      const answer = await run(phases, open('Phases'), ...held, terminateNode(0), goesOn, phases.unload);
      assert.equal(answer.events.at(-1)?.status, 0);
      const asked = answer.log.filter(({ text }) => text === 'node 1: willTerminate of node 0');
      assert.equal(asked.length, 1, `${asked.length} times`);
    }
  });

  it('§5.5 stop comes once, although close and didTerminate both see to it', async () => {
    const closes = habits.opens | habits.closesWhenAsked;
    const answer = await run(phases, open('Phases'), node(closes), phases.unload);
    const stops = answer.log.filter(({ text }) => text.startsWith('node 0: stop by'));
    assert.deepEqual([answer.events.at(-1)?.status, stops.length], [0, 1]);
  });
});

describe('Who terminates a service and waits (SEMANTICS §5)', () => {
  const held = [node(), node(habits.defers, 0)];
  const seconds = async (...events: readonly Event[]) =>
    (await run(phases, open('Phases'), ...held, ...events)).clock / 1e9;

  it('§5.6 waits 15 seconds for what is held', async () => {
    assert.equal(await seconds(terminateAndWait(0)), 15);
  });

  it('§5.1 has nothing to wait for where it is inactive already', async () => {
    assert.equal(await seconds(terminateNode(0), terminateAndWait(0)), 0);
  });
});

describe('The phases of a service that others watch (SEMANTICS §5)', () => {
  it('§5.2 phase 2 is told to those who asked before the clients’ willTerminate, phase 1 before that', async () => {
    const answer = await run(watched, open('Watched'), call(1, 0));
    assert.deepEqual(answer.events.at(-1)?.log, [
      'notice: terminated of nub',
      'notice: terminated of client',
      'notice: will terminate of nub',
      'client: willTerminate',
      'notice: will terminate of client',
      'client: finalize',
      'nub: finalize',
    ]);
  });

  it('§5.2 phase 2 is held back while drivers are being looked for, and none is started any more', async () => {
    const prober = {
      CFBundleIdentifier: 'com.example.Watched',
      IOClass: 'WatchedProber',
      IOProviderClass: 'WatchedNub',
    };
    const personalities = { ...(watched.load.personalities as object), prober };
    const load = { ...watched.load, personalities };
    const answer = await runMac(watched, boot, load, open('Watched'), call(1, 1));
    assert.deepEqual(answer.events.at(-1)?.log, [
      'probe begins',
      'notice: terminated of nub',
      'probe ends',
      'notice: will terminate of nub',
      'nub: finalize',
    ]);
    assert.deepEqual([entry(answer, 'WatchedNub'), answer.clock], [undefined, 5e9]);
  });

  it('§5.1 phase 1 is once: one that is inactive already is not busier for its provider’s termination', async () => {
    const held = [open('Phases'), node(), node(habits.defers, 0), terminateNode(0)];
    const busyOf = async (...events: readonly Event[]) =>
      entry(await run(phases, ...held, ...events), 'PhasesNode')?.busy;
    assert.deepEqual([await busyOf(), await busyOf(phases.unload)], [2, 2]);
  });

  it('§5.5 a client that was busy with something of its own leaves its provider not busy', async () => {
    const busy = [open('Phases'), node(), isBusy(0, 2)];
    const busyState = async (...events: Parameters<typeof run>[1][]) =>
      entry(await run(phases, ...busy, ...events), 'Phases')?.busy;
    assert.deepEqual([await busyState(), await busyState(terminateNode(0))], [1, 0]);
  });

  it('§5.5 a client that leaves one provider of two is counted by the other, and in the end by none', async () => {
    const answer = await run(phases, open('Phases'), node(), secondProvider(0), terminateNode(0));
    assert.deepEqual([entry(answer, 'Phases')?.busy, entry(answer, 'IOResources')?.busy], [0, 0]);
  });
});
