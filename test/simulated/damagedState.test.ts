import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import { soundEvents } from '../../src/simulator/journal.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { benchOn, openBench, prepareKernel, type SimulatedBench } from '../support/simulatedBench.ts';
import { kextDev, placeOf } from '../support/terminal.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

before(async () => {
  await prepareKernel();
  await buildWhenStale();
});

describe('A journal that was damaged', () => {
  let bench: SimulatedBench;
  let sound: string;
  const journal = () => join(bench.state, 'journal.jsonl');
  const isLoaded = async () => loadedKext(await bench.snapshot(), names.bundleIdentifier) !== undefined;
  before(async () => {
    bench = await openBench(files);
    await bench.reload();
    await bench.exercise();
    sound = await readFile(journal(), 'utf8');
  });
  after(() => bench.remove());

  it('cut within its last line: what was before it still holds', async () => {
    await writeFile(journal(), sound.slice(0, -20));
    assert.ok(await isLoaded());
    assert.equal((await bench.exercise()).outcome, 'used');
    const text = await readFile(journal(), 'utf8');
    assert.equal(soundEvents(text).bytes, Buffer.byteLength(text));
  });

  it('with a flipped byte in the load: nothing from there on has happened', async () => {
    const at = sound.indexOf('"event":"load"') + 60;
    const flipped = String.fromCharCode(sound.charCodeAt(at) ^ 1);
    await writeFile(journal(), sound.slice(0, at) + flipped + sound.slice(at + 1));
    assert.equal(await isLoaded(), false);
    assert.equal((await bench.reload()).outcome, 'loaded');
    assert.ok(await isLoaded());
  });

  it('of nothing but rubbish: a Mac that has just started', async () => {
    await writeFile(journal(), Buffer.from([0, 255, 254, 10, 10, 123, 125, 10]));
    assert.equal(await isLoaded(), false);
    assert.equal((await bench.unload()).outcome, 'notFound');
  });

  it('is one thing, lost code of a loaded kext another: it is not listed, and the next reload mends it', async () => {
    await bench.restart();
    assert.equal((await bench.reload()).outcome, 'loaded');
    const text = await readFile(journal(), 'utf8');
    const twin = /"twin":"([0-9a-f]+)"(?![\s\S]*"twin")/.exec(text)?.[1];
    await writeFile(join(bench.state, 'store', `${twin}.so`), 'no code');
    assert.equal(await isLoaded(), false);
    assert.equal((await bench.reload()).outcome, 'loaded');
    assert.ok(await isLoaded());
  });
});

describe('Several processes that work on one Simulated Mac at the same time', () => {
  it('take turns: every use happens once, with a pid of its own, and the journal is sound', {
    timeout: 60_000,
  }, async () => {
    const bench = await openBench(files);
    try {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const commands = ['exercise', 'status', 'exercise', 'status', 'exercise'];
      const answers = await Promise.all(commands.map(command => kextDev([command, ...placeOf(bench)])));
      assert.deepEqual(
        answers.map(({ status, stderr }) => [status, stderr]),
        commands.map(() => [0, '']),
      );
      const text = await readFile(join(bench.state, 'journal.jsonl'), 'utf8');
      const { events, bytes } = soundEvents(text);
      assert.equal(bytes, Buffer.byteLength(text));
      const pids = events.flatMap(event => (event.event === 'open' ? [event.pid] : []));
      assert.equal(new Set(pids).size, 3);
      const { diagnoses } = await bench.unload();
      assert.equal(diagnoses.find(({ verdict }) => verdict === 'leaked')?.class, names.engine);
    } finally {
      await bench.remove();
    }
  });

  it('see what the others did', async () => {
    const bench = await openBench(files);
    try {
      const other = benchOn(bench.project, bench.state);
      assert.equal((await bench.reload()).outcome, 'loaded');
      assert.ok(loadedKext(await other.snapshot(), names.bundleIdentifier));
      assert.equal((await other.unload()).outcome, 'unloaded');
      assert.equal((await bench.unload()).outcome, 'notFound');
    } finally {
      await bench.remove();
    }
  });
});
