import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { installBundle, putBack, removeCopies } from '../../src/operations/install/installBundle.ts';
import type { Runner } from '../../src/tools/port/runner.ts';
import { TargetLost } from '../../src/tools/port/toolErrors.ts';
import { cutsOf, InstallBench, place } from './installBench.ts';

const never = new AbortController().signal;

describe('An install that is cut', () => {
  let bench: InstallBench;
  before(async () => {
    bench = await InstallBench.open();
  });
  after(() => bench.remove());
  beforeEach(() => bench.fresh());

  it('leaves at each moment the copy before it or the whole one, and the next install tidies up', async () => {
    const cuts = fc.array(fc.constantFrom(...cutsOf(20)), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cuts, async all => {
        bench.fresh();
        await bench.install('one');
        for (const cut of all) {
          await bench
            .install('two', bench.tools(cut))
            .catch(error => assert.ok(error instanceof TargetLost, String(error)));
          const [installed, kept] = [await bench.at(place.path), await bench.at(place.kept)];
          // Between the two renames nothing is at its place, and the copy before it beside it.
          assert.ok(
            installed === 'one' || installed === 'two' || (installed === undefined && kept === 'one'),
            `${installed}, ${kept}`,
          );
          assert.notEqual(kept, 'half');
        }
        await bench.install('three');
        assert.equal(await bench.at(place.path), 'three');
        assert.equal(await bench.at(place.unfinished), undefined);
        assert.notEqual(await bench.at(place.kept), 'half');
        await bench.keep('three');
        assert.deepEqual(
          new Set((await bench.names()).map(path => path.split('/')[4])),
          new Set([place.path.split('/')[4]]),
        );
      }),
      { numRuns: 30 },
    );
  });

  /** Each way in which that can be cut which changes what lies there, and what the next start makes of what it leaves. */
  async function eachCut(
    calls: number,
    builds: readonly string[],
    work: (runner: Runner) => Promise<unknown>,
    isRight: (installed: string | undefined, kept: string | undefined) => boolean,
  ): Promise<void> {
    for (const cut of cutsOf(calls)) {
      bench.fresh();
      for (const build of builds) await bench.install(build);
      await work(bench.tools(cut)).catch(error => assert.ok(error instanceof TargetLost, String(error)));
      const [installed, kept] = [await bench.at(place.path), await bench.at(place.kept)];
      assert.ok(isRight(installed, kept), `${JSON.stringify(cut)}: ${installed}, ${kept}`);
      await bench.install('three');
      assert.deepEqual(
        [await bench.at(place.path), await bench.at(place.unfinished), await bench.at(place.discarded)],
        ['three', undefined, undefined],
      );
      assert.notEqual(await bench.at(place.kept), 'half', JSON.stringify(cut));
    }
  }

  it('leaves the copy before it or the unproved one whole where it is put back, and the next install tidies up', async () => {
    await eachCut(
      6,
      ['one', 'two'],
      runner => putBack(runner, place),
      (installed, kept) =>
        (installed === 'two' && kept === 'one') ||
        (installed === undefined && kept === 'one') ||
        (installed === 'one' && kept === undefined),
    );
  });

  it('leaves the proved copy whole where the one before it is let go, and nothing half that could be put back', async () => {
    await eachCut(
      6,
      ['one', 'two'],
      runner => bench.keep('two', runner),
      (installed, kept) => installed === 'two' && (kept === 'one' || kept === undefined),
    );
  });

  it('keeps the copy before it until it is proved, over several that were not', async () => {
    await bench.install('one');
    await bench.install('two');
    assert.deepEqual([await bench.at(place.path), await bench.at(place.kept)], ['two', 'one']);
    await bench.install('three');
    assert.deepEqual([await bench.at(place.path), await bench.at(place.kept)], ['three', 'one']);
    assert.equal(await putBack(bench.tools(), place), true);
    assert.deepEqual([await bench.at(place.path), await bench.at(place.kept)], ['one', undefined]);
    assert.equal(await putBack(bench.tools(), place), false);
    assert.equal(await bench.at(place.path), 'one');
    await bench.install('two');
    await bench.keep('three');
    assert.deepEqual(
      [await bench.at(place.path), await bench.at(place.kept)],
      ['two', 'one'],
      'another build is proved',
    );
    await bench.keep('two');
    assert.deepEqual([await bench.at(place.path), await bench.at(place.kept)], ['two', undefined]);
  });

  it('is ended by a cancel while it copies, and nothing is changed', async () => {
    await bench.install('one');
    const stop = new AbortController();
    const runner = bench.tools();
    const stopping: Runner = {
      ...runner,
      runTogether: (commands, signal) => {
        if (commands.some(({ tool }) => tool === 'tar')) stop.abort();
        return runner.runTogether(commands, signal);
      },
    };
    await assert.rejects(installBundle(stopping, bench.folderOf('two'), place, stop.signal), { name: 'AbortError' });
    assert.equal(await bench.at(place.path), 'one');
    await bench.install('three');
    assert.deepEqual([await bench.at(place.path), await bench.at(place.unfinished)], ['three', undefined]);
  });

  it('whose second rename fails puts the copy before it back, over one that was proved and one that was not', async () => {
    await bench.install('one');
    for (const kept of [false, true]) {
      if (kept) await bench.install('three');
      const broken: Runner = { ...bench.tools(), run: failing(([from]) => from === place.unfinished) };
      await assert.rejects(bench.install('two', broken), ({ message }: Error) => {
        assert.match(
          message,
          /^Nothing was installed at .*: mv exited with 1; .* The copy before it is at its place again\.$/,
        );
        return true;
      });
      const before = kept ? ['three', 'one'] : ['one', undefined];
      assert.deepEqual([await bench.at(place.path), await bench.at(place.kept)], before);
    }
  });

  it('that can put nothing back says where the copy before it is, and the next install puts it back', async () => {
    await bench.install('one');
    const broken: Runner = {
      ...bench.tools(),
      run: failing(([from, to]) => from === place.unfinished || to === place.path),
    };
    await assert.rejects(bench.install('two', broken), ({ message }: Error) => {
      assert.ok(
        message.endsWith(`The copy before it is not at its place: the next install puts it back from ${place.kept}.`),
      );
      return true;
    });
    assert.deepEqual([await bench.at(place.path), await bench.at(place.kept)], [undefined, 'one']);
    await bench.install('three');
    assert.deepEqual([await bench.at(place.path), await bench.at(place.kept)], ['three', 'one']);
  });

  /** The Mac's tools, with an mv that fails for some names. */
  function failing(fails: (argv: readonly string[]) => boolean): Runner['run'] {
    const { run } = bench.tools();
    return async (command, signal) =>
      command.tool === 'mv' && fails(command.argv)
        ? {
            ...(await bench.mac.run('true', [], false, never)),
            stdout: '',
            stderr: 'mv: Input/output error\n',
            exitCode: 1,
          }
        : run(command, signal);
  }

  it('of a removal leaves no half of a kext, and the next one removes the rest', async () => {
    for (const cut of cutsOf(8)) {
      await bench.install('one');
      await bench.install('two');
      await removeCopies(bench.tools(cut), place).catch(error => assert.ok(error instanceof TargetLost));
      assert.ok(['two', undefined].includes(await bench.at(place.path)), JSON.stringify(cut));
      assert.notEqual(await bench.at(place.kept), 'half', JSON.stringify(cut));
      await removeCopies(bench.tools(), place);
      assert.deepEqual(await bench.names(), [], JSON.stringify(cut));
    }
  });

  it('finds out that the copy is another one than the build', async () => {
    await bench.install('one');
    const runner = bench.tools();
    const changing: Runner = {
      ...runner,
      runTogether: async (commands, signal) => {
        const tar = commands.findIndex(({ tool }) => tool === 'tar');
        if (tar < 0) return runner.runTogether(commands, signal);
        const first = await runner.runTogether(commands.slice(0, tar + 1), signal);
        await writeFile(bench.mac.disk.place(join(place.unfinished, 'Contents/MacOS/Pump')), 'something else');
        return [...first, ...(await runner.runTogether(commands.slice(tar + 1), signal))];
      },
    };
    await assert.rejects(
      bench.install('two', changing),
      /^InstallFailed: The copy differs from the build in 1 of 2 files: Contents\/MacOS\/Pump\.$/,
    );
    assert.equal(await bench.at(place.path), 'one');
  });
});
