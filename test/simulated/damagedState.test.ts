import assert from 'node:assert/strict';
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import { soundEvents } from '../../src/simulator/journal.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { benchOn, openBench, prepareKernel, type SimulatedBench } from '../support/simulatedBench.ts';
import { kextDev, onlyLine, placeOf } from '../support/terminal.ts';

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

  it('that is a folder: one line that names it, and a reset makes a new Mac', async () => {
    await rm(journal());
    await mkdir(journal());
    const line = onlyLine(await kextDev(['status', ...placeOf(bench)]));
    assert.equal(
      line,
      `${journal()} of the Simulated Mac is damaged: it is a folder, and was expected to be the file with what happened so far; \`kext-dev reset\` makes a new one`,
    );
    assert.equal((await kextDev(['reset', ...placeOf(bench)])).status, 0);
    assert.equal((await kextDev(['status', ...placeOf(bench)])).status, 0);
  });
});

describe('Damaged code of a loaded kext', () => {
  let bench: SimulatedBench;
  const isLoaded = async () => loadedKext(await bench.snapshot(), names.bundleIdentifier) !== undefined;
  const journalText = () => readFile(join(bench.state, 'journal.jsonl'), 'utf8');
  const code = async () => {
    const twin = /"twin":"([0-9a-f]+)"(?![\s\S]*"twin")/.exec(await journalText())?.[1];
    return join(bench.state, 'store', `${twin}.so`);
  };
  before(async () => {
    bench = await openBench(files);
    assert.equal((await bench.reload()).outcome, 'loaded');
  });
  after(() => bench.remove());

  const damages: Readonly<Record<string, (file: string) => Promise<void>>> = {
    cut: file => truncate(file, 1000),
    'of other bytes': file => writeFile(file, 'no code'),
    gone: file => rm(file),
  };
  for (const [how, damage] of Object.entries(damages))
    it(`${how}: a question says so and changes nothing, and a reload mends it`, async () => {
      const file = await code();
      const happened = await journalText();
      await damage(file);
      const { status, stderr, stdout } = await kextDev(['status', ...placeOf(bench)]);
      assert.deepEqual([status, stdout], [1, '']);
      assert.ok(stderr.startsWith(`${file} of the Simulated Mac is damaged: it is `), stderr);
      assert.ok(stderr.endsWith('`kext-dev reset` makes a new one\n'), stderr);
      await assert.rejects(isLoaded(), /is damaged/, 'of a Mac that knew the answer before');
      assert.equal(await journalText(), happened);
      assert.equal((await bench.reload()).outcome, 'loaded');
      assert.ok(await isLoaded());
    });

  it('is not there any more after a restart, where nothing loads it', async () => {
    await truncate(await code(), 10);
    assert.equal((await bench.restart()).outcome, 'restarted');
    assert.equal(await isLoaded(), false);
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
        answers.map(({ status, stderr }) => [status, stderr.replace(/^.*: waiting: .*\n/gm, '')]),
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
