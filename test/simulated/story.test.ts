import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { knownSuperclasses } from '../../src/diagnosis/instances.ts';
import { ownInstances } from '../../src/model/classCounts.ts';
import { everyEntry } from '../../src/model/registryEntry.ts';
import { loadedKext } from '../../src/model/snapshot.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { demoEdits } from '../support/demoEdits.ts';
import { declarationOf, demoNames, readDemo, renameDemo, writeDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { openBench, prepareKernel, type SimulatedBench } from '../support/simulatedBench.ts';
import { kextDev, kextDevJson } from '../support/terminal.ts';

const seed = runSeed();
const original = await readDemo();
const files = renameDemo(original, seed);
const names = demoNames(files);

/** What a developer types after the verdict: any edit of the table that cures. */
const cures = demoEdits.filter(edit => edit.cures);
const cure = cures[seed % cures.length] ?? assert.fail('no edit cures');

/** A blank line on top: the class stands on another line than before, and the build is another one. */
const cured = new Map(
  [...cure.apply(files)].map(([name, text]) => [name, name.endsWith('.hpp') ? `\n${text}` : text] as const),
);

console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}, ${names.engine}, ${names.process}; cure: ${cure.name}`);

async function live(bench: SimulatedBench): Promise<Readonly<Record<string, number | undefined>>> {
  const { classCounts, registry } = await bench.snapshot();
  const superclasses = knownSuperclasses((await bench.operation()).project.declarations, registry);
  const own = (name: string) => ownInstances(name, classCounts, superclasses);
  return { driver: own(names.driver), engine: own(names.engine), userClient: own(names.userClient) };
}

before(async () => {
  await prepareKernel();
  await buildWhenStale();
});

describe('A demo that is renamed at random', () => {
  it('keeps none of the names of the one that ships', () => {
    const shipped = demoNames(original);
    const prefix = /^[A-Z][a-z]+/.exec(shipped.driver)?.[0] ?? shipped.driver;
    for (const [name, text] of files) {
      assert.doesNotMatch(name + text, new RegExp(prefix, 'i'), name);
      for (const each of Object.values(shipped)) assert.ok(!text.includes(each), `${name} still says ${each}`);
    }
  });

  it('is the same for the same seed and another for another', () => {
    assert.deepEqual(renameDemo(original, seed), files);
    assert.notDeepEqual(demoNames(renameDemo(original, seed + 1)), names);
  });
});

describe('The story of one leak, through the operations', () => {
  let bench: SimulatedBench;
  let firstUuid: string | undefined;
  let firstBoot: number | undefined;
  let curedUuid: string | undefined;
  before(async () => {
    bench = await openBench(files);
  });
  after(() => bench.remove());

  it('Reload Kext builds, installs, loads and proves the build by its UUID', async () => {
    const result = await bench.reload();
    assert.equal(result.outcome, 'loaded', JSON.stringify(result.diagnoses));
    assert.deepEqual(result.diagnoses, []);
    assert.deepEqual(
      result.phases.map(({ name, outcome }) => `${name} ${outcome}`),
      ['building done', 'installing done', 'loading done', 'verifying done'],
    );
    const snapshot = await bench.snapshot();
    firstUuid = result.bundle?.executable?.uuid;
    firstBoot = snapshot.system.bootTime;
    assert.ok(firstUuid !== undefined && firstUuid === loadedKext(snapshot, names.bundleIdentifier)?.uuid);
    assert.match(result.bundle?.folder ?? '', new RegExp(`/${names.executable}\\.kext$`));
  });

  it('one driver and its engine live, and no user client', async () => {
    assert.deepEqual(await live(bench), { driver: 1, engine: 1, userClient: 0 });
  });

  it('the process of the project uses the driver: every step succeeds', async () => {
    const used = await bench.exercise();
    assert.equal(used.outcome, 'used');
    assert.equal(used.process, names.process);
    assert.deepEqual(used.steps, [
      { kind: 'open', name: names.driver, status: 0 },
      { kind: 'call', name: '0', status: 0 },
      { kind: 'call', name: '1', status: 0 },
      { kind: 'call', name: '2', status: 0 },
      { kind: 'close', status: 0 },
    ]);
    assert.deepEqual(await live(bench), { driver: 1, engine: 1, userClient: 0 });
  });

  it('Reload Kext is refused: the engine is leaked, said on the line that declares it', async () => {
    const result = await bench.reload();
    assert.equal(result.outcome, 'refused');
    const [leak, whole, ...more] = result.diagnoses;
    assert.deepEqual(more, []);
    assert.deepEqual(
      { class: leak?.class, verdict: leak?.verdict, instances: leak?.instances, severity: leak?.severity },
      { class: names.engine, verdict: 'leaked', instances: 1, severity: 'error' },
    );
    const { file, line } = declarationOf(names.engine, files);
    assert.deepEqual([leak?.anchor?.file, leak?.anchor?.line], [join(bench.project, file), line]);
    assert.equal(whole?.cause, 'refused');
    assert.match(whole?.message ?? '', new RegExp(`${names.bundleIdentifier}.*until the Simulated Mac restarts`));
    assert.equal(whole?.anchor?.file, join(bench.project, 'Info.plist'));
  });

  it('afterwards the kext is listed, its driver is gone from the registry, and its engine still counts', async () => {
    const snapshot = await bench.snapshot();
    assert.equal(loadedKext(snapshot, names.bundleIdentifier)?.uuid, firstUuid);
    assert.deepEqual(await live(bench), { driver: 0, engine: 1, userClient: 0 });
    const classes = [...everyEntry(snapshot.registry)].map(({ className }) => className);
    assert.ok(!classes.includes(names.driver));
  });

  it('the mended source is built and waits for a restart; the verdict stays, on the moved line', async () => {
    await writeDemo(cured, bench.project);
    const result = await bench.reload();
    assert.equal(result.outcome, 'waitingForRestart');
    const leak = result.diagnoses.find(({ verdict }) => verdict === 'leaked');
    assert.equal(leak?.anchor?.line, declarationOf(names.engine, cured).line);
    assert.notEqual(leak?.anchor?.line, declarationOf(names.engine, files).line);
    const waiting = result.diagnoses.find(({ cause }) => cause === 'waitingForRestart');
    curedUuid = result.bundle?.executable?.uuid;
    assert.deepEqual(
      waiting?.evidence.map(({ text }) => text),
      [`built ${curedUuid}`, `loaded ${firstUuid}`],
    );
    assert.notEqual(curedUuid, firstUuid);
  });

  it('what was found and what waits is remembered for whoever asks next', async () => {
    const record = await (await bench.operation()).records.read();
    assert.equal(record?.bootTime, firstBoot);
    assert.equal(record?.refused?.uuid, firstUuid);
    assert.equal(record?.pending?.uuid, curedUuid);
    assert.ok(record?.diagnoses.some(({ verdict }) => verdict === 'leaked'));
  });

  it('a restart clears the kernel and every finding, and keeps what is pending', async () => {
    assert.equal((await bench.restart()).outcome, 'restarted');
    const snapshot = await bench.snapshot();
    assert.equal(loadedKext(snapshot, names.bundleIdentifier), undefined);
    assert.notEqual(snapshot.system.bootTime, firstBoot);
    const record = await (await bench.operation()).records.read();
    assert.deepEqual(record?.diagnoses, []);
    assert.equal(record?.pending?.uuid, curedUuid);
  });

  it('Finish Reload loads the build that waited, without building it again', async () => {
    const result = await bench.finishReload();
    assert.equal(result.outcome, 'loaded', JSON.stringify(result.diagnoses));
    assert.deepEqual(result.diagnoses, []);
    assert.ok(!result.phases.some(({ name }) => name === 'building'));
    const snapshot = await bench.snapshot();
    assert.equal(loadedKext(snapshot, names.bundleIdentifier)?.uuid, curedUuid);
    assert.deepEqual(await live(bench), { driver: 1, engine: 1, userClient: 0 });
    assert.equal(await (await bench.operation()).records.read(), undefined);
  });

  it('used again, the kext unloads cleanly and is gone', async () => {
    assert.equal((await bench.exercise()).outcome, 'used');
    const result = await bench.unload();
    assert.equal(result.outcome, 'unloaded', JSON.stringify(result.diagnoses));
    assert.deepEqual(result.diagnoses, []);
    assert.equal(loadedKext(await bench.snapshot(), names.bundleIdentifier), undefined);
    assert.deepEqual(await live(bench), { driver: undefined, engine: undefined, userClient: undefined });
  });

  it('nothing that was said on the way names anything of the demo that ships', async () => {
    const shipped = demoNames(original);
    const everything = `${bench.log.join('\n')}${await readFile(join(bench.state, 'journal.jsonl'), 'utf8')}`;
    for (const name of Object.values(shipped)) assert.ok(!everything.includes(name), name);
  });
});

describe('The story of one leak, through the terminal', () => {
  let bench: SimulatedBench;
  let builtFirst: string;
  let call: readonly string[];
  const run = (command: string) => kextDevJson([command, ...call]);
  before(async () => {
    bench = await openBench(files);
    call = ['--target', 'simulated', '--project', bench.project, '--state', bench.state];
  });
  after(() => bench.remove());

  it('status of a fresh Simulated Mac lists Apple’s kexts alone', async () => {
    const { status, document } = await run('status');
    assert.equal(status, 0);
    assert.equal(document.schema, 1);
    assert.ok(document.kexts.length > 0);
    assert.ok(
      document.kexts.every((kext: { bundleIdentifier: string }) => /^com\.apple\./.test(kext.bundleIdentifier)),
    );
  });

  it('reload: loaded, status 0, progress on standard error alone', async () => {
    const { status, document, stderr } = await run('reload');
    assert.equal(status, 0);
    assert.equal(document.outcome, 'loaded');
    assert.equal(document.bundle, join(bench.project, 'build', `${names.executable}.kext`));
    assert.deepEqual(document.diagnoses, []);
    assert.match(stderr, new RegExp(`^reload ${names.bundleIdentifier} on the Simulated Mac: building$`, 'm'));
    builtFirst = document.uuid;
  });

  it('status shows the kext with its UUID and the instances of its classes', async () => {
    const { document } = await run('status');
    const own = document.kexts.find(
      (kext: { bundleIdentifier: string }) => kext.bundleIdentifier === names.bundleIdentifier,
    );
    assert.equal(own.uuid, builtFirst);
    assert.equal(own.refused, false);
    const instances = new Map(
      own.classes.map((each: { name: string; instances: number }) => [each.name, each.instances]),
    );
    assert.deepEqual(
      [names.driver, names.engine, names.userClient].map(name => instances.get(name)),
      [1, 1, 0],
    );
  });

  it('exercise, then reload: refused, status 1, paths relative to the project', async () => {
    assert.deepEqual((await run('exercise')).document.outcome, 'used');
    const { status, document } = await run('reload');
    assert.equal(status, 1);
    assert.equal(document.outcome, 'refused');
    const [leak] = document.diagnoses;
    assert.equal(leak.verdict, 'leaked');
    assert.deepEqual({ file: leak.anchor.file, line: leak.anchor.line }, declarationOf(names.engine, files));
    const { document: after } = await run('status');
    assert.ok(after.kexts.find((kext: { refused?: boolean }) => kext.refused === true));
  });

  it('the mended build waits: status 0, and status says what for', async () => {
    await writeDemo(cured, bench.project);
    const { status, document } = await run('reload');
    assert.equal(status, 0);
    assert.equal(document.outcome, 'waitingForRestart');
    assert.notEqual(document.uuid, builtFirst);
    assert.equal((await run('status')).document.waiting, 'restart');
  });

  it('restart, reload, exercise, unload: every step ends with status 0', async () => {
    const outcomes: unknown[] = [];
    for (const command of ['restart', 'reload', 'exercise', 'unload']) {
      const { status, document } = await run(command);
      outcomes.push(`${command}: ${document.outcome}, ${status}`);
    }
    assert.deepEqual(outcomes, [
      'restart: restarted, 0',
      'reload: loaded, 0',
      'exercise: used, 0',
      'unload: unloaded, 0',
    ]);
    assert.equal((await run('unload')).document.outcome, 'notFound');
  });

  it('as text, a refusal reads like a compiler’s message and ends in one sentence', async () => {
    await writeDemo(files, bench.project);
    for (const command of ['restart', 'reload', 'exercise']) await kextDev([command, ...call]);
    const { status, stdout } = await kextDev(['unload', ...call]);
    assert.equal(status, 1);
    const { file, line } = declarationOf(names.engine, files);
    assert.match(stdout, new RegExp(`^${file}:${line}:7: error: 1 instance of ${names.engine} is leaked`, 'm'));
    assert.match(
      stdout,
      new RegExp(`${names.bundleIdentifier} was not unloaded from the Simulated Mac: refused\\.\\n$`),
    );
  });

  it('reset: a Mac fresh from the box', async () => {
    const { status, document } = await run('reset');
    assert.deepEqual([status, document.outcome], [0, 'reset']);
    assert.equal((await run('unload')).document.outcome, 'notFound');
  });
});
