import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  buildDriver,
  close,
  type Event,
  entry,
  instances,
  last,
  open,
  quit,
  run,
  type SmallDriver,
} from '../drivers/smallDriver.ts';
import {
  closeProvider,
  habits,
  node,
  openProvider,
  registerNode,
  seizeProvider,
  steps,
  terminateNode,
} from './phasesEvents.ts';

let phases: SmallDriver;
let oneClient: SmallDriver;
before(async () => {
  [phases, oneClient] = await Promise.all([buildDriver('Phases'), buildDriver('OneClient')]);
});
after(() => Promise.all([phases.remove(), oneClient.remove()]));

const noResources = 0xe00002be;
const exclusiveAccess = 0xe00002c5;

/** What the last of `events` gave back and said, and all after it. */
async function lastOf(...events: readonly Event[]) {
  const answer = await run(phases, open('Phases'), ...events);
  const { status, log } = last(answer);
  return { status, log: steps(log), answer };
}

describe('A service that is inactive (SEMANTICS §5.1)', () => {
  /** Node 0 is terminated, and node 1 below it keeps it in the registry. */
  const inactive = [node(), node(habits.defers, 0), terminateNode(0)];

  it('§5.1 stays in the registry while its client has not gone', async () => {
    const { answer } = await lastOf(...inactive);
    assert.equal(entry(answer, 'PhasesNode')?.state, 1);
  });

  it('§5.1 takes no new client', async () => {
    const { status, answer } = await lastOf(...inactive, node(0, 0));
    assert.equal(status, noResources);
    assert.deepEqual([entry(answer, 'PhasesNode')?.children.length, instances(answer, 'PhasesNode')], [1, 2]);
    assert.equal((await lastOf(node(), node(0, 0))).status, 0);
  });

  it('§5.1 cannot be opened any more', async () => {
    assert.equal((await lastOf(...inactive, openProvider(1))).status, exclusiveAccess);
    assert.equal((await lastOf(node(), node(habits.defers, 0), openProvider(1))).status, 0);
  });

  it('§5.1 is not registered any more', async () => {
    const { answer } = await lastOf(...inactive, registerNode(0));
    const { state, registered, busy } = entry(answer, 'PhasesNode') ?? assert.fail();
    assert.deepEqual([state, registered, busy], [1, false, 2]);
    assert.equal(entry((await lastOf(node(), registerNode(0))).answer, 'PhasesNode')?.registered, true);
  });
});

describe('Open and close (SEMANTICS §5.3)', () => {
  it('§5.3 close tells the other clients that the service was closed, and not the one that closes', async () => {
    const { log } = await lastOf(node(), node(habits.opens), node(), closeProvider(1));
    assert.deepEqual(log, ['driver: closed for node 1', 'node 0: Phases was closed', 'node 2: Phases was closed']);
  });

  it('§5.3 close of a client that does not have it open is nothing', async () => {
    assert.deepEqual((await lastOf(node(habits.opens), node(), closeProvider(1))).log, []);
  });

  it('§5.3 one client at a time has it open, and it is not asked to close for the next', async () => {
    const { status, log } = await lastOf(node(habits.opens | habits.closesWhenAsked), node(), openProvider(1));
    assert.deepEqual([status, log], [exclusiveAccess, []]);
  });

  it('§5.3 who seizes it has it once the one before has been asked, and has closed it', async () => {
    const { status, log } = await lastOf(node(habits.opens | habits.closesWhenAsked), node(), seizeProvider(1));
    assert.deepEqual(
      [status, log],
      [0, ['node 0: asked to close', 'driver: closed for node 0', 'node 1: Phases was closed']],
    );
  });

  it('§5.3 who seizes it does not have it where the one before does not close it', async () => {
    const held = [node(habits.opens), node(), seizeProvider(1)];
    const { status, log } = await lastOf(...held);
    assert.deepEqual([status, log], [exclusiveAccess, ['node 0: asked to close']]);
    // It is still open for the one that had it.
    assert.deepEqual((await lastOf(...held, closeProvider(0))).log, [
      'driver: closed for node 0',
      'node 1: Phases was closed',
    ]);
  });

  it('§5.3 who seizes it does not have it where the one before closes it and says that it did not', async () => {
    const denies = habits.opens | habits.closesWhenAsked | habits.saysItDidNot;
    assert.equal((await lastOf(node(denies), node(), seizeProvider(1))).status, exclusiveAccess);
  });
});

describe('A user client that two processes have (SEMANTICS §5)', () => {
  it('§5.6 is closed once, whichever of them closes it or dies first', async () => {
    const both = [open('OneClient', 1), open('OneClient', 2)];
    for (const [first, second, told] of [
      [close(1), close(2), ['clientClose']],
      [close(1), quit(2), ['clientClose', 'clientDied']],
      [quit(1), close(2), ['clientDied', 'clientClose']],
      [quit(1), quit(2), ['clientDied', 'clientClose', 'clientDied']],
    ] as const) {
      const answer = await run(oneClient, ...both, first, second);
      const log = answer.events.slice(2).flatMap(each => each.log);
      assert.deepEqual(log, told, `${first.event} and ${second.event}`);
    }
  });
});
