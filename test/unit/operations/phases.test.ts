import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Phases } from '../../../src/operations/phases.ts';

const never = new AbortController().signal;

describe('The phases of an operation', () => {
  it('are told at their start and recorded at their end', async () => {
    const told: string[] = [];
    const phases = new Phases({ progress: name => told.push(name) });
    assert.equal(await phases.run('building', never, async () => 42), 42);
    await phases.run(
      'unloading',
      never,
      async () => 'no',
      answer => (answer === 'no' ? 'refused' : 'done'),
    );
    assert.deepEqual(told, ['building', 'unloading']);
    assert.deepEqual(
      phases.records.map(({ name, outcome }) => [name, outcome]),
      [
        ['building', 'done'],
        ['unloading', 'refused'],
      ],
    );
    assert.ok(phases.records.every(({ ms }) => Number.isInteger(ms) && ms >= 0));
  });

  it('that fail are recorded as failed, those that were cancelled as cancelled', async () => {
    const phases = new Phases({ progress: () => undefined });
    await assert.rejects(
      phases.run('loading', never, async () => {
        throw new Error('broken');
      }),
      /broken/,
    );
    const stop = new AbortController();
    await assert.rejects(
      phases.run('verifying', stop.signal, async () => {
        stop.abort();
        stop.signal.throwIfAborted();
      }),
    );
    assert.deepEqual(
      phases.records.map(({ outcome }) => outcome),
      ['failed', 'cancelled'],
    );
  });

  it('on another kext stand in the same record, with its name', async () => {
    const told: (readonly (string | undefined)[])[] = [];
    const phases = new Phases({ progress: (phase, plan, kext) => told.push([phase, plan, kext]) });
    phases.announce('a plan');
    await phases.run('building', never, async () => undefined);
    await phases.on('org.b').run('unloading', never, async () => undefined);
    await phases.run('unloading', never, async () => undefined);
    assert.deepEqual(told, [
      ['building', 'a plan', undefined],
      ['unloading', undefined, 'org.b'],
      ['unloading', undefined, undefined],
    ]);
    const [first, second, third] = phases.records;
    assert.deepEqual([first?.kext, second?.kext, third?.kext], [undefined, 'org.b', undefined]);
    assert.ok(first !== undefined && !('kext' in first));
  });

  it('on another kext wait for others, and make way for them, as the operation does', () => {
    const turn = { doing: 'reload org.a', waits: () => undefined };
    const phases = new Phases({ progress: () => undefined, turn });
    assert.equal(phases.on('org.b').on('org.c').turn, turn);
  });

  it('tell how far they are, each time with what is known of how it goes on', async () => {
    const told: unknown[] = [];
    const phases = new Phases({ progress: (phase, plan, _kext, extent) => told.push([phase, plan, extent]) });
    phases.announce('a plan');
    await phases.run('building', never, async tell => tell({ files: 1, of: 2 }));
    assert.deepEqual(told, [
      ['building', 'a plan', undefined],
      ['building', 'a plan', { files: 1, of: 2 }],
    ]);
  });

  it('do not begin after a cancellation', async () => {
    const told: string[] = [];
    const phases = new Phases({ progress: name => told.push(name) });
    await assert.rejects(phases.run('building', AbortSignal.abort(), async () => assert.fail('began')));
    assert.deepEqual([told, phases.records], [[], []]);
  });
});
