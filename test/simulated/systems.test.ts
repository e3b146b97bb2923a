import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { prepareKernel, withBench } from '../support/simulatedBench.ts';
import {
  causes,
  changed,
  collecting,
  drivers,
  files,
  listed,
  names,
  phases,
  recordOf,
  reloadChanged,
  withRunning,
} from './systemsSubject.ts';

before(() => prepareKernel());

for (const scenario of collecting) {
  describe(`The story of a build on ${scenario}`, () => {
    it('waits for its approval, then for a restart, and is then proved by its UUID', async () => {
      await withBench(
        files,
        async bench => {
          const installed = await bench.reload();
          assert.equal(installed.outcome, 'waitingForApproval');
          const [waiting, ...more] = installed.diagnoses;
          assert.deepEqual([waiting?.cause, waiting?.severity, more], ['waitingForApproval', 'information', []]);
          assert.equal(waiting?.anchor?.file, join(bench.project, 'Info.plist'));
          assert.match(waiting?.remedy ?? '', /^Approve it, restart the Simulated Mac \(macOS 1\d.*\), then finish/);
          assert.deepEqual(phases(installed), ['building', 'installing', 'loading']);
          assert.match(
            bench.log.join('\n'),
            new RegExp(`Code=27 "Extension with identifiers ${names.bundleIdentifier} not`),
          );
          const uuid = installed.bundle?.executable?.uuid;
          assert.deepEqual((await recordOf(bench))?.pending, { uuid, until: 'approval' });
          assert.equal(await listed(bench), undefined);
          assert.equal((await bench.approve()).outcome, 'approved');
          assert.deepEqual((await recordOf(bench))?.pending, { uuid, until: 'restart' });
          const again = await bench.reload();
          assert.deepEqual([again.outcome, causes(again)], ['waitingForRestart', ['waitingForRestart']]);
          assert.match(
            bench.log.join('\n'),
            new RegExp(`Code=28 "Loading extension\\(s\\): ${names.bundleIdentifier} requires a reboot`),
          );
          assert.equal(await listed(bench), undefined);
          assert.equal((await bench.restart()).outcome, 'restarted');
          const finished = await bench.finishReload();
          assert.deepEqual([finished.outcome, finished.diagnoses], ['loaded', []]);
          assert.equal(await listed(bench), uuid);
          assert.equal(await drivers(bench), 1);
          assert.equal(await recordOf(bench), undefined);
        },
        { scenario },
      );
    });

    it('a changed build asks for both again, and the old one runs until the restart', async () => {
      await withRunning(scenario, files, async bench => {
        const old = await listed(bench);
        const next = await reloadChanged(bench, changed(files));
        assert.deepEqual([next.outcome, phases(next)], ['waitingForApproval', ['building', 'installing', 'loading']]);
        const uuid = next.bundle?.executable?.uuid;
        assert.notEqual(uuid, old);
        assert.deepEqual([await listed(bench), await drivers(bench)], [old, 1]);
        await bench.approve();
        assert.equal((await bench.exercise()).outcome, 'used', 'the old one');
        assert.deepEqual([await listed(bench), await drivers(bench)], [old, 1]);
        await bench.restart();
        const finished = await bench.reload();
        assert.deepEqual([finished.outcome, phases(finished)], ['loaded', ['building', 'verifying']]);
        assert.equal(await listed(bench), uuid);
      });
    });
  });
}

for (const scenario of ['macos-13', 'macos-15'] as const) {
  describe(`An unload by the kernel’s source, on ${scenario}`, () => {
    it('succeeds at once, and loading again starts the same code', async () => {
      await withRunning(scenario, files, async bench => {
        const uuid = await listed(bench);
        const unloaded = await bench.unload();
        assert.deepEqual([unloaded.outcome, unloaded.diagnoses], ['unloaded', []]);
        assert.deepEqual([await listed(bench), await drivers(bench)], [undefined, undefined]);
        const again = await bench.reload();
        assert.deepEqual([again.outcome, again.diagnoses], ['loaded', []]);
        assert.deepEqual([await listed(bench), await drivers(bench)], [uuid, 1]);
      });
    });

    it('is no loss: the collection brings the kext in again at the next start', async () => {
      await withRunning(scenario, files, async bench => {
        const uuid = await listed(bench);
        await bench.unload();
        await bench.restart();
        assert.equal(await listed(bench), uuid);
      });
    });

    it('a reload with nothing changed takes it out and starts it afresh', async () => {
      await withRunning(scenario, files, async bench => {
        const uuid = await listed(bench);
        const result = await bench.reload();
        assert.deepEqual([result.outcome, result.diagnoses], ['loaded', []]);
        assert.deepEqual(phases(result), ['building', 'unloading', 'installing', 'loading', 'verifying']);
        assert.equal(await listed(bench), uuid);
      });
    });
  });
}

for (const scenario of ['macos-13-kept', 'macos-15-kept'] as const) {
  describe(`An unload by Apple’s article, on ${scenario}`, () => {
    it('says success and the list still has it: told as that, and gone after the restart', async () => {
      await withRunning(scenario, files, async bench => {
        const uuid = await listed(bench);
        const { outcome, diagnoses } = await bench.unload();
        assert.equal(outcome, 'stillLoaded');
        const [kept, ...more] = diagnoses;
        assert.deepEqual([kept?.cause, kept?.severity, more], ['stillLoaded', 'warning', []]);
        assert.match(
          kept?.message ?? '',
          /was accepted, and the Simulated Mac \(.*\) still lists it: this macOS keeps/,
        );
        assert.match(
          kept?.remedy ?? '',
          /^Restart the Simulated Mac \(.*\): by Apple's account it is gone after that\.$/,
        );
        assert.deepEqual(
          kept?.evidence.map(({ text }) => text),
          [
            `Executing: /usr/bin/kmutil unload -b ${names.bundleIdentifier}`,
            'kextunload said nothing more and exited with 0',
          ],
        );
        assert.deepEqual([await listed(bench), await drivers(bench)], [uuid, 1]);
        assert.equal((await bench.exercise()).outcome, 'used', 'it is whole');
        await bench.restart();
        assert.equal(await listed(bench), undefined);
      });
    });

    it('needs no approval to come back, but a restart', async () => {
      await withRunning(scenario, files, async bench => {
        const uuid = await listed(bench);
        await bench.unload();
        await bench.restart();
        assert.equal((await bench.reload()).outcome, 'waitingForRestart');
        await bench.restart();
        assert.equal((await bench.finishReload()).outcome, 'loaded');
        assert.equal(await listed(bench), uuid);
      });
    });

    it('a reload with nothing changed says that it runs on, and the restart still finds it', async () => {
      await withRunning(scenario, files, async bench => {
        const uuid = await listed(bench);
        const { outcome, diagnoses } = await bench.reload();
        assert.equal(outcome, 'loaded');
        assert.deepEqual(
          diagnoses.map(({ cause, severity }) => [cause, severity]),
          [['stillLoaded', 'information']],
        );
        assert.match(diagnoses[0]?.message ?? '', /was not started afresh: .* The same build runs on\.$/);
        await bench.restart();
        assert.equal(await listed(bench), uuid);
      });
    });
  });
}

describe('An unload from a collection that cannot be reset', () => {
  it('is refused before anything is terminated: the driver runs on, and only a restart changes that', async () => {
    await withRunning('macos-13-fixed', files, async bench => {
      const uuid = await listed(bench);
      const { outcome, diagnoses } = await bench.unload();
      const [found, ...more] = diagnoses;
      assert.deepEqual([outcome, found?.cause, found?.severity, more], ['refused', 'unsupportedByCache', 'error', []]);
      assert.match(found?.message ?? '', /is in a kext collection .* Nothing was terminated: its driver runs on\.$/);
      assert.match(found?.remedy ?? '', /^Only a restart of the Simulated Mac \(macOS 13, fixed\) /);
      assert.equal(found?.anchor?.file, join(bench.project, 'Info.plist'));
      const evidence = found?.evidence.map(({ text }) => text) ?? [];
      assert.equal(evidence[0], `(kernel) Can't remove kext ${names.bundleIdentifier}; unsupported by cache.`);
      assert.match(evidence[1] ?? '', /^Error Domain=KMErrorDomain Code=71 .*\(-603946984\)/);
      assert.deepEqual([await listed(bench), await drivers(bench)], [uuid, 1]);
      assert.equal((await bench.exercise()).outcome, 'used');
    });
  });

  it('is nothing to remember: the kext was not terminated, and a second one says the same once', async () => {
    await withRunning('macos-13-fixed', files, async bench => {
      await bench.unload();
      assert.equal(await recordOf(bench), undefined);
      const { diagnoses } = await bench.unload();
      assert.equal(diagnoses[0]?.evidence.length, 2);
    });
  });

  it('a reload with nothing changed says so and installs nothing', async () => {
    await withRunning('macos-13-fixed', files, async bench => {
      const result = await bench.reload();
      assert.deepEqual([result.outcome, causes(result)], ['refused', ['unsupportedByCache']]);
      assert.deepEqual(phases(result), ['building', 'unloading']);
    });
  });
});
