import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Operation } from '../../../src/operations/operation.ts';
import { reloadKext } from '../../../src/operations/reload.ts';
import { unloadKext } from '../../../src/operations/unload.ts';
import { withStateLock, worksUnderLock } from '../../../src/simulator/stateLock.ts';
import { output } from '../simulator/fakeRunner.ts';
import { memoryRecords, sampleOperation, sampleProject, turbine } from './fakeTarget.ts';
import { buildSample, mortalTarget } from './mortalTarget.ts';

const { signal } = new AbortController();

describe('A second operation on a kext', () => {
  let folder: string;
  let state: string;
  before(async () => {
    folder = await sampleProject();
    await buildSample(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    state = await mkdtemp(join(tmpdir(), 'kext-dev-replaced-'));
  });
  afterEach(() => rm(state, { recursive: true, force: true }));

  /** Two windows that share what is remembered: the first one reloads, and is in `phase` until it is let go on or ended. */
  async function inTheMiddle(phase: 'building' | 'loading') {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: goOn, resolve: letGoOn } = Promise.withResolvers<void>();
    const records = memoryRecords();
    const mac = mortalTarget(undefined);
    const target = {
      ...mac,
      exclusively: (_: string, ...rest: readonly [AbortSignal, () => Promise<never>, undefined]) =>
        withStateLock(state, ...rest),
      working: () => worksUnderLock(state),
      runner: {
        ...mac.runner,
        run: async (...given: Parameters<typeof mac.runner.run>) => {
          if (phase === 'loading' && given[0].tool === 'kextload') {
            begin();
            await goOn;
          }
          return mac.runner.run(...given);
        },
      },
    };
    const operation = await sampleOperation(folder, target as never, records);
    const host: Operation['host'] = {
      ...operation.host,
      run: async (_, stop) => {
        if (phase !== 'building') return output({});
        begin();
        await new Promise<void>(resolve => stop.addEventListener('abort', () => resolve()));
        return output({ cancelled: true, exitCode: null });
      },
    };
    const first = reloadKext({ ...operation, host, doing: `Reload ${turbine}` }, signal);
    await begun;
    return { first, operation, letGoOn, records };
  }

  it('takes the place of one that builds, where its user says so', async () => {
    const { first, operation, records } = await inTheMiddle('building');
    const offered: string[] = [];
    const offerReplace: Operation['offerReplace'] = (behind, replace) => {
      offered.push(behind);
      replace();
    };
    const told: string[] = [];
    const progress: Operation['progress'] = (phase, plan) => told.push(`${phase} ${plan}`);
    const second = unloadKext({ ...operation, offerReplace, progress }, signal);
    assert.equal((await first).outcome, 'cancelled');
    assert.equal((await second).outcome, 'unloaded');
    assert.deepEqual(offered, [`Reload ${turbine}, process ${process.pid}`]);
    assert.equal(told[0], `waiting Reload ${turbine}, process ${process.pid}`);
    assert.equal(records.journal.current, undefined);
    assert.deepEqual(await readdir(state), []);
  });

  it('waits for one that is in the kernel: that goes to its end', async () => {
    const { first, operation, letGoOn } = await inTheMiddle('loading');
    const second = unloadKext({ ...operation, replaces: true }, signal);
    const early = await Promise.race([second, new Promise(resolve => setTimeout(resolve, 500, 'waits'))]);
    assert.equal(early, 'waits');
    letGoOn();
    assert.equal((await first).outcome, 'loaded');
    assert.equal((await second).outcome, 'unloaded');
  });
});
