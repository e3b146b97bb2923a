import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { buildKext } from '../../src/operations/buildKext.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { outcomeText } from '../../src/report/outcomeText.ts';
import { installFolderOn } from '../support/installOn.ts';
import {
  type LinkedBench,
  linkedKexts,
  loadAll,
  phasesOf,
  three,
  uuids,
  withLinkedKexts,
} from '../support/linkedKexts.ts';
import { prepareKernel } from '../support/simulatedBench.ts';

const kexts = await linkedKexts(3);

before(() => prepareKernel());

async function editInfoPlist({ project }: LinkedBench, edit: (text: string) => string): Promise<void> {
  const file = join(project, 'Info.plist');
  const text = await readFile(file, 'utf8');
  assert.notEqual(edit(text), text);
  await writeFile(file, edit(text));
}

const anchorOf = ({ project }: LinkedBench) => join(project, 'Info.plist');

describe('A reload after which a dependent does not run again', () => {
  it('has failed, with a diagnosis on that kext’s own Info.plist, and on those that need it', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b, c] = three(benches);
      await loadAll(benches);
      // The others ask for 1.0.0.
      await editInfoPlist(a, text => text.replaceAll('<string>1.0.0</string>', '<string>2.0.0</string>'));
      const result = await a.reload();
      assert.equal(result.outcome, 'failed');
      assert.deepEqual(phasesOf(result, benches).slice(-3), ['loading', 'verifying', 'loading b: failed']);
      const [first, second, ...others] = result.diagnoses;
      assert.deepEqual([first?.anchor?.file, second?.anchor?.file], [anchorOf(b), anchorOf(c)]);
      assert.ok(first?.message.includes(a.bundleIdentifier), first?.message);
      assert.equal(
        second?.message,
        `${c.bundleIdentifier} is not loaded again: it is linked against ${b.bundleIdentifier}, which is not loaded.`,
      );
      assert.deepEqual(others, []);
      const [ofA, ofB, ofC] = await uuids(benches);
      assert.deepEqual([ofA, ofB, ofC], [result.bundle?.executable?.uuid, undefined, undefined]);
      assert.match(
        outcomeText(result, await a.operation()),
        new RegExp(`Not loaded again: ${c.bundleIdentifier}, ${b.bundleIdentifier}\\.$`),
      );
    });
  });

  it('because the kext itself was not loaded: they are not asked for', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b, c] = three(benches);
      await loadAll(benches);
      await editInfoPlist(a, text => text.replace('com.apple.kpi.mach', 'com.apple.kpi.nowhere'));
      const result = await a.reload();
      assert.equal(result.outcome, 'failed');
      assert.deepEqual(phasesOf(result, benches).slice(-2), ['installing', 'loading: failed']);
      assert.deepEqual(
        result.diagnoses.map(({ anchor }) => anchor?.file),
        [a, b, c].map(anchorOf),
      );
      assert.deepEqual(await uuids(benches), [undefined, undefined, undefined]);
    });
  });

  it('where its installed copy is gone: the others come back', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b, c] = three(benches);
      await loadAll(benches);
      const { target } = await c.operation();
      const copy = `${await installFolderOn(target)}/${c.executable}.kext`;
      const command = { tool: 'rm', argv: ['-rf', copy], asRoot: true, timeoutMs: 1000, parse: () => undefined };
      await target.runner.run(command, new AbortController().signal);
      const result = await a.reload();
      assert.equal(result.outcome, 'failed');
      assert.deepEqual(
        result.diagnoses.map(({ anchor, cause }) => [anchor?.file, cause]),
        [[anchorOf(c), 'loadFailed']],
      );
      assert.deepEqual(
        result.dependents?.map(({ bundleIdentifier, load }) => [bundleIdentifier, load]),
        [
          [c.bundleIdentifier, 'failed'],
          [b.bundleIdentifier, 'loaded'],
        ],
      );
    });
  });
});

describe('What is loaded again is what was loaded', () => {
  it('also where a newer build was made since, which is not installed', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b] = three(benches);
      await loadAll(benches);
      const loaded = await uuids(benches);
      await editInfoPlist(b, text => text.replace(/(<key>CFBundleVersion<\/key>\s*<string>)1\.0\.0/, '$11.0.1'));
      const built = await buildKext(await b.operation(), new AbortController().signal);
      assert.notEqual(built.bundle?.executable?.uuid, loaded[1]);
      const result = await a.reload();
      assert.deepEqual([result.outcome, result.diagnoses], ['loaded', []]);
      assert.deepEqual(await uuids(benches), loaded);
    });
  });

  it('and a build that waits goes on waiting', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b] = three(benches);
      await loadAll(benches);
      const { records } = await b.operation();
      const pending = { uuid: 'AAAAAAAA-0000-0000-0000-000000000000' };
      await records.write({ bootTime: undefined, diagnoses: [], pending });
      assert.equal((await a.reload()).outcome, 'loaded');
      assert.deepEqual((await records.read())?.pending, pending);
    });
  });
});

describe('A reload that is cancelled', () => {
  it('between two dependents brings back the one that went', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, , c] = three(benches);
      await loadAll(benches);
      const loaded = await uuids(benches);
      const stop = new AbortController();
      const progress = (_phase: string, _plan?: string, kext?: string) => {
        if (kext === c.bundleIdentifier) stop.abort();
      };
      const result = await reloadKext({ ...(await a.operation()), progress }, stop.signal);
      assert.equal(result.outcome, 'cancelled');
      assert.deepEqual(phasesOf(result, benches).slice(1), ['unloading c', 'loading c', 'verifying c']);
      assert.deepEqual(await uuids(benches), loaded);
    });
  });

  it('after the first unload goes on, so that nothing is left unloaded', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a] = three(benches);
      await loadAll(benches);
      const stop = new AbortController();
      const progress = (phase: string) => {
        if (phase === 'installing') stop.abort();
      };
      const result = await reloadKext({ ...(await a.operation()), progress }, stop.signal);
      assert.equal(result.outcome, 'loaded');
      assert.ok((await uuids(benches)).every(uuid => uuid !== undefined));
    });
  });
});

describe('A kext that is linked against it and cannot be loaded again from here', () => {
  for (const [what, strangers, unbuilt] of [
    ['one of another workspace', [1], undefined],
    ['one of another workspace, behind one of this', [2], undefined],
    ['one that is not built', [], 1],
  ] as const)
    it(`${what} is an obstacle: nothing is unloaded`, async () => {
      await withLinkedKexts(
        kexts,
        async benches => {
          const [a] = three(benches);
          await loadAll(benches);
          const loaded = await uuids(benches);
          if (unbuilt !== undefined) await rm(join(benches[unbuilt]?.project ?? '', 'build'), { recursive: true });
          const result = await a.reload();
          assert.equal(result.outcome, 'dependents');
          assert.deepEqual(phasesOf(result, benches), ['building', 'unloading: refused']);
          assert.deepEqual(await uuids(benches), loaded);
          assert.match(outcomeText(result, await a.operation()), /: another kext needs it\.$/);
        },
        { strangers },
      );
    });
});

describe('A dependent that panics the Mac when it is unloaded', () => {
  it('is where the panic is told, at its own line; the Mac has started anew', async () => {
    const [base, user] = kexts;
    const panicking = [...(user ?? assert.fail())].map(([file, text]) => {
      const stop = /(::stop\(IOService \*provider\)\n\{\n)(?= +OSSafeReleaseNULL)/;
      return [file, text.replace(stop, '$1    *(volatile int *)nullptr = 1;\n')] as const;
    });
    await withLinkedKexts([base ?? assert.fail(), new Map(panicking)], async benches => {
      const [a, b] = benches as [LinkedBench, LinkedBench];
      await loadAll(benches);
      const { outcome, diagnoses } = await a.reload();
      assert.equal(outcome, 'failed');
      assert.deepEqual(
        diagnoses.map(({ cause }) => cause),
        ['panicked'],
      );
      assert.ok(diagnoses[0]?.anchor?.file.startsWith(b.project), diagnoses[0]?.anchor?.file);
      assert.deepEqual(await uuids(benches), [undefined, undefined]);
      for (const bench of benches) assert.equal(await (await bench.operation()).records.read(), undefined);
      assert.equal((await a.reload()).outcome, 'loaded');
    });
  });
});
