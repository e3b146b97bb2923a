import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildProject } from '../../src/operations/build.ts';
import { declarationOf, demoNames, readDemo, renameDemo, writeDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { benchOn, prepareKernel, type SimulatedBench } from '../support/simulatedBench.ts';
import { withStatement } from './badDrivers.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

/** What a shell would run, were it not one word to it. */
const called = `Fähre $(touch ran) \`touch ran\`; touch ran & 'q' "d" $HOME #1 %`;

describe('A project in a folder whose name means something to a shell', () => {
  let scratch: string;
  let bench: SimulatedBench;
  const ran = async () => (await readdir(scratch, { recursive: true })).filter(name => /(^|\/)ran$/.test(name));
  before(async () => {
    await prepareKernel();
    scratch = await mkdtemp(join(tmpdir(), 'kext-dev-folder-'));
    bench = benchOn(join(scratch, called), join(scratch, 'state'));
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  it('is built and loaded, and nothing of the name is run', async () => {
    await writeDemo(files, bench.project);
    const result = await bench.reload();
    assert.equal(result.outcome, 'loaded', JSON.stringify(result.diagnoses));
    assert.deepEqual(await ran(), []);
    assert.deepEqual((await readdir(scratch)).sort(), [called, 'state'].sort());
  });

  it('is built with a Simulated Mac in a folder of that kind', async () => {
    const { SIMULATED_MAC: there = '' } = await bench.target.buildEnvironment(new AbortController().signal);
    const SIMULATED_MAC = join(scratch, `${called} $(shell touch ran)`);
    await symlink(there, SIMULATED_MAC);
    await rm(join(bench.project, 'build'), { recursive: true });
    const { target, ...operation } = await bench.operation();
    const odd = { ...target, buildEnvironment: async () => ({ SIMULATED_MAC }) };
    const built = await buildProject({ ...operation, target: odd }, new AbortController().signal);
    assert.ok(built.bundle !== undefined, JSON.stringify(built.diagnoses));
    assert.deepEqual(await ran(), []);
    await rm(SIMULATED_MAC);
  });

  it('tells other tools how each of its sources is compiled', async () => {
    const commands: unknown = JSON.parse(await readFile(join(bench.project, 'compile_commands.json'), 'utf8'));
    assert.ok(Array.isArray(commands));
    assert.deepEqual(new Set(commands.map(({ directory }) => directory)), new Set([bench.project]));
    const sources = [...files.keys()].filter(name => /\.(cpp|c)$/.test(name));
    assert.deepEqual(commands.map(({ file }) => file).sort(), sources.sort());
  });

  it('builds the same executable again', async () => {
    const uuidOf = async () => (await bench.reload()).bundle?.executable?.uuid;
    const first = await uuidOf();
    await rm(join(bench.project, 'build'), { recursive: true });
    assert.ok(first !== undefined);
    assert.equal(await uuidOf(), first);
  });

  it('has a mistake in a header shown in that header', async () => {
    const { file, line } = declarationOf(names.engine, files);
    const text = files.get(file)?.replace(/^class/m, 'int wrong = "text";\nclass') ?? '';
    await writeDemo(new Map(files).set(file, text), bench.project);
    const { outcome, diagnoses } = await bench.reload();
    assert.equal(outcome, 'failed');
    assert.deepEqual([diagnoses[0]?.anchor?.file, diagnoses[0]?.anchor?.line], [join(bench.project, file), line]);
  });

  it('has a panic shown on the line that was running', async () => {
    const bad = withStatement(files, 'driver', 'start', 'panic("adrift");');
    await writeDemo(bad.files, bench.project);
    const [panic] = (await bench.reload()).diagnoses;
    assert.equal(panic?.cause, 'panicked');
    assert.deepEqual([panic?.anchor?.file, panic?.anchor?.line], [join(bench.project, bad.file), bad.line]);
  });

  it('has a panic in a header shown in that header', async () => {
    const { file } = declarationOf(names.driver, files);
    const header = `${files.get(file)}\nstatic inline void sink()\n{\n    panic("adrift");\n}\n`;
    const bad = withStatement(new Map(files).set(file, header), 'driver', 'start', 'sink();');
    await writeDemo(bad.files, bench.project);
    const [panic] = (await bench.reload()).diagnoses;
    const line = header.split('\n').findIndex(text => text.includes('panic(')) + 1;
    assert.deepEqual([panic?.anchor?.file, panic?.anchor?.line], [join(bench.project, file), line]);
  });
});
