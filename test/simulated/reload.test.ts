import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import type { BuildExtent, PhaseProgress } from '../../src/operations/phases.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { demoEdits } from '../support/demoEdits.ts';
import { demoNames, readDemo, renameDemo, writeDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

before(() => prepareKernel());

async function refuse(bench: SimulatedBench): Promise<void> {
  assert.equal((await bench.reload()).outcome, 'loaded');
  assert.equal((await bench.exercise()).outcome, 'used');
  assert.equal((await bench.reload()).outcome, 'refused');
}

const ownSources = [...files.keys()].filter(name => /\.(?:cpp|c)$/.test(name));

describe('Reload Kext while it builds', () => {
  it('tells of each source of the project that is compiled, of how many, and nothing where none is', async () => {
    await withBench(files, async bench => {
      const told: (BuildExtent | undefined)[] = [];
      const progress: PhaseProgress = (_phase, _plan, _kext, extent) => told.push(extent);
      const reload = async () => reloadKext({ ...(await bench.operation()), progress }, new AbortController().signal);
      assert.equal((await reload()).outcome, 'loaded');
      const of = ownSources.length;
      assert.deepEqual(
        told.filter(extent => extent !== undefined),
        Array.from({ length: of }, (_, at) => ({ files: at + 1, of })),
      );
      told.length = 0;
      assert.equal((await reload()).outcome, 'loaded');
      assert.deepEqual(new Set(told), new Set([undefined]));
    });
  });

  it('tells of no whole where the build compiles what is none of the project’s sources', async () => {
    const made = '\tprintf "int made;" > made.c; clang -c made.c -o made.o\n';
    const Makefile = (files.get('Makefile') ?? '').replace(/^clean:\n/m, `all: made\nmade:\n${made}clean:\n`);
    await withBench(new Map(files).set('Makefile', Makefile), async bench => {
      const told: BuildExtent[] = [];
      const progress: PhaseProgress = (_phase, _plan, _kext, extent) => extent && told.push(extent);
      await reloadKext({ ...(await bench.operation()), progress }, new AbortController().signal);
      assert.deepEqual(told.at(-1), { files: ownSources.length + 1, of: undefined });
    });
  });
});

describe('Reload Kext after a refusal', () => {
  it('without an edit is refused again: there is no other build to wait for', async () => {
    await withBench(files, async bench => {
      await refuse(bench);
      assert.equal((await bench.reload()).outcome, 'refused');
      assert.equal((await (await bench.operation()).records.read())?.pending, undefined);
    });
  });

  it('and a restart that nobody announced starts afresh', async () => {
    await withBench(files, async bench => {
      await refuse(bench);
      await bench.target.switches.restart(new AbortController().signal);
      const result = await bench.reload();
      assert.equal(result.outcome, 'loaded');
      assert.deepEqual(result.diagnoses, []);
      assert.equal(await (await bench.operation()).records.read(), undefined);
    });
  });

  it('that renamed the leaked class: the old name is told, and it has no line any more', async () => {
    await withBench(files, async bench => {
      await refuse(bench);
      const renamed = demoEdits.find(({ name }) => /renamed/.test(name))?.apply(files) ?? assert.fail();
      assert.notEqual(demoNames(renamed).engine, names.engine);
      await writeDemo(renamed, bench.project);
      const { outcome, diagnoses } = await bench.reload();
      assert.equal(outcome, 'waitingForRestart');
      const leak = diagnoses.find(({ verdict }) => verdict === 'leaked');
      assert.deepEqual([leak?.class, leak?.anchor], [names.engine, undefined]);
    });
  });

  it('by an unload: refused in its own words, and remembered as such', async () => {
    await withBench(files, async bench => {
      await refuse(bench);
      const { outcome, diagnoses } = await bench.unload();
      assert.equal(outcome, 'refused');
      assert.ok(diagnoses.some(({ verdict, class: name }) => verdict === 'leaked' && name === names.engine));
    });
  });
});

describe('Reload Kext of a driver that was not used', () => {
  it('replaces it: the list has the new build, and its load index is a new one', async () => {
    await withBench(files, async bench => {
      const first = await bench.reload();
      const before = loadedKext(await bench.snapshot(), names.bundleIdentifier);
      const edited = new Map(
        [...files].map(([name, text]) => [name, text.replace('length = ', 'length = 1 + ')] as const),
      );
      await writeDemo(edited, bench.project);
      const second = await bench.reload();
      assert.deepEqual([first.outcome, second.outcome], ['loaded', 'loaded']);
      assert.deepEqual(
        second.phases.map(({ name }) => name),
        ['building', 'unloading', 'installing', 'loading', 'verifying'],
      );
      const after = loadedKext(await bench.snapshot(), names.bundleIdentifier);
      assert.equal(after?.uuid, second.bundle?.executable?.uuid);
      assert.notEqual(after?.uuid, before?.uuid);
      assert.notEqual(after?.index, before?.index);
    });
  });

  it('of the same sources, built anew from nothing, gives the same UUID', async () => {
    await withBench(files, async bench => {
      const first = await bench.reload();
      await rm(join(bench.project, 'build'), { recursive: true });
      const second = await bench.reload();
      assert.ok(first.bundle?.executable?.uuid !== undefined);
      assert.equal(second.bundle?.executable?.uuid, first.bundle.executable.uuid);
    });
  });
});

describe('An unload that the kext’s own Info.plist forbids', () => {
  it('terminates nothing, and is told on the key that forbids it', async () => {
    const plist = files.get('Info.plist') ?? assert.fail();
    const forbids = '\t<key>OSBundleAllowUserTerminate</key>\n\t<false/>\n';
    const edited = plist.replace('<dict>\n', `<dict>\n${forbids}`);
    await withBench(new Map(files).set('Info.plist', edited), async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const { outcome, diagnoses } = await bench.unload();
      assert.equal(outcome, 'refused');
      const told = diagnoses.map(({ cause, anchor }) => [cause, anchor?.file, anchor?.line]);
      const line = edited.slice(0, edited.indexOf('OSBundleAllowUserTerminate')).split('\n').length;
      assert.deepEqual(told, [['terminateDisallowed', join(bench.project, 'Info.plist'), line]]);
      const driver = (await bench.snapshot()).objects.find(({ className }) => className === names.driver);
      assert.equal(driver?.active, true);
      assert.equal(await (await bench.operation()).records.read(), undefined);
    });
  });
});
