import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { journalLine, soundEvents } from '../../src/simulator/journal.ts';
import type { JournalEvent } from '../../src/simulator/journalEvent.ts';
import { ask } from '../../src/tools/port/runner.ts';
import { processes } from '../../src/tools/ps.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { demoEdits } from '../support/demoEdits.ts';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { choicesOf, runSeed } from '../support/seed.ts';
import { benchOn, openBench, prepareKernel, type SimulatedBench } from '../support/simulatedBench.ts';
import { placeOf, startKextDev } from '../support/terminal.ts';

const { signal } = new AbortController();
const leaking = await readDemo();
const files = demoEdits.find(({ cures }) => cures)?.apply(leaking) ?? assert.fail('no edit cures');
const kills = 30;

describe('A terminal that is killed while a process uses the driver', { timeout: 300_000 }, () => {
  let bench: SimulatedBench;
  const journal = () => join(bench.state, 'journal.jsonl');
  before(async () => {
    await Promise.all([prepareKernel(), buildWhenStale()]);
    bench = await openBench(files);
    assert.equal((await bench.reload()).outcome, 'loaded');
  });
  after(() => bench.remove());

  const used = async () => {
    const { events, bytes } = soundEvents(await readFile(journal(), 'utf8'));
    return { events, bytes, uses: events.filter(({ event }) => event === 'open').length };
  };
  const running = async (mac: SimulatedBench) =>
    (await ask(mac.target.runner, processes(), signal)).map(({ name }) => name);

  /** `kext-dev exercise`, killed as soon as `until` has come; how long it ran. */
  async function exerciseUntil(until?: Promise<unknown>): Promise<number> {
    const { child, ended } = startKextDev(['exercise', ...placeOf(bench)]);
    const begun = performance.now();
    await Promise.race(until === undefined ? [ended] : [until, ended]);
    if (until !== undefined) child.kill('SIGKILL');
    await ended;
    return performance.now() - begun;
  }

  /** Something was written into the journal, or it takes too long. */
  async function grown(): Promise<void> {
    const { size } = await stat(journal());
    const patience = AbortSignal.timeout(10_000);
    while (!patience.aborted && (await stat(journal())).size === size) await sleep(1);
  }

  it('leaves all of the use or none of it, and nobody’s process', async t => {
    const seed = runSeed();
    const chance = choicesOf(seed);
    const whole = await exerciseUntil();
    const { events } = await used();
    const first = events.findIndex(({ event }) => event === 'open');
    const shape = events.slice(first).map(({ event }) => event);
    assert.equal(shape.at(-1), 'quit');
    let done = 0;
    for (let at = 0; at < kills; at += 1) {
      const before = await used();
      const anyMoment = () => sleep(whole * (0.4 + chance.below(700) / 1000));
      await exerciseUntil(at % 2 === 0 ? anyMoment() : grown());
      const after = await used();
      const added = after.events.slice(before.events.length).map(({ event }) => event);
      if (added.length > 0) {
        done += 1;
        assert.deepEqual(added, shape, `KEXT_DEV_SEED=${seed}`);
      }
    }
    assert.ok(done > 0, `KEXT_DEV_SEED=${seed}: no use was whole`);
    t.diagnostic(`KEXT_DEV_SEED=${seed}: ${done} of ${kills} uses were whole, the others had not happened`);
    assert.deepEqual(await running(benchOn(bench.project, bench.state)), ['launchd']);
    assert.equal((await bench.unload()).outcome, 'unloaded');
  });

  it('and a journal of which a part of the use was lost: the process has died', async () => {
    assert.equal((await bench.reload()).outcome, 'loaded');
    assert.equal((await bench.exercise()).outcome, 'used');
    const { events } = await used();
    const first = events.findIndex(({ event }) => event === 'open');
    const lines = events.map((event: JournalEvent, at) => journalLine(at + 1, event));
    for (let kept = first + 1; kept < lines.length; kept += 1) {
      await writeFile(journal(), lines.slice(0, kept).join(''));
      const mac = benchOn(bench.project, bench.state);
      assert.deepEqual(await running(mac), ['launchd'], `${kept} lines`);
      assert.equal((await used()).events.at(-1)?.event, 'quit');
    }
    assert.equal((await bench.unload()).outcome, 'unloaded');
  });

  it('and what happens next on the Mac happens after the end of that process', async () => {
    assert.equal((await bench.reload()).outcome, 'loaded');
    assert.equal((await bench.exercise()).outcome, 'used');
    const { events } = await used();
    const first = events.findIndex(({ event }) => event === 'open');
    const lines = events.map((event: JournalEvent, at) => journalLine(at + 1, event));
    await writeFile(journal(), lines.slice(0, first + 1).join(''));
    const { target } = benchOn(bench.project, bench.state);
    await target.pause(1000, signal);
    const added = (await used()).events.slice(first + 1).map(({ event }) => event);
    assert.deepEqual(added, ['quit', 'wait']);
    assert.equal((await bench.unload()).outcome, 'unloaded');
  });

  it('and one of a process that was to stay: it has died, too', async () => {
    assert.equal((await bench.reload()).outcome, 'loaded');
    const { driver } = demoNames(files);
    const call = { selector: 0, scalars: [], scalarOutputs: 0 };
    const use = { process: 'staying', service: driver, type: 0, calls: [call, call], keepsRunning: true };
    const { running: stays } = await bench.target.switches.use(use, signal);
    assert.equal(stays?.name, 'staying');
    assert.deepEqual(await running(bench), ['launchd', 'staying']);
    const text = await readFile(journal(), 'utf8');
    await writeFile(journal(), text.slice(0, -5));
    assert.deepEqual(await running(benchOn(bench.project, bench.state)), ['launchd']);
    assert.equal((await bench.unload()).outcome, 'unloaded');
  });
});
