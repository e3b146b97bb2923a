import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { readSnapshot } from '../../src/operations/kernel/snapshot.ts';
import { SwitchRefused } from '../../src/tools/port/toolErrors.ts';
import type { ToolOutput } from '../../src/tools/port/toolOutput.ts';
import { benchOn, prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import {
  causes,
  changed,
  drivers,
  files,
  listed,
  names,
  never,
  recordOf,
  reloadChanged,
  withRunning,
} from './systemsSubject.ts';

before(() => prepareKernel());

const ventura = { scenario: 'macos-13' } as const;
const installed = `/Library/Extensions/${names.executable}.kext`;

function run(bench: SimulatedBench, tool: string, argv: readonly string[], asRoot = true): Promise<ToolOutput> {
  return bench.target.runner.run({ tool, argv, asRoot, timeoutMs: 10_000, parse: () => undefined }, never);
}

/** The same project and Mac in another process, which knows what the disk knows. */
function another(bench: SimulatedBench): SimulatedBench {
  return benchOn(bench.project, bench.state, undefined, ventura);
}

describe('What a build waits for', () => {
  it('is known to another process: it approves, restarts and finishes', async () => {
    await withBench(
      files,
      async bench => {
        const { bundle } = await bench.reload();
        assert.equal((await another(bench).approve()).outcome, 'approved');
        await another(bench).restart();
        assert.equal((await another(bench).finishReload()).outcome, 'loaded');
        assert.equal(await listed(bench), bundle?.executable?.uuid);
      },
      ventura,
    );
  });

  it('is asked for again after a restart without approval', async () => {
    await withBench(
      files,
      async bench => {
        await bench.reload();
        await bench.restart();
        assert.equal(await listed(bench), undefined);
        assert.equal((await bench.finishReload()).outcome, 'waitingForApproval');
      },
      ventura,
    );
  });

  it('goes with a reset: a Mac fresh from the box has approved nothing', async () => {
    await withRunning('macos-13', files, async bench => {
      await bench.target.switches.reset(never);
      await (await bench.operation()).records.clear();
      assert.equal(await listed(bench), undefined);
      assert.match((await readSnapshot(bench.target, [], never)).system.version, /^13\./, 'it is the same Mac');
      assert.equal((await bench.reload()).outcome, 'waitingForApproval');
    });
  });

  it('is approved once: an approved build that was replaced and comes back needs the restart alone', async () => {
    await withRunning('macos-13', files, async bench => {
      await reloadChanged(bench, changed(files));
      await bench.approve();
      await bench.restart();
      assert.equal((await bench.finishReload()).outcome, 'loaded');
      assert.equal((await reloadChanged(bench, files)).outcome, 'waitingForRestart');
    });
  });

  it('is void when the build that runs is built again', async () => {
    await withRunning('macos-13', files, async bench => {
      const uuid = await listed(bench);
      await reloadChanged(bench, changed(files));
      await bench.approve();
      const back = await reloadChanged(bench, files);
      assert.deepEqual([back.outcome, back.diagnoses], ['loaded', []]);
      assert.equal(await recordOf(bench), undefined);
      await bench.restart();
      assert.equal(await listed(bench), uuid);
    });
  });

  it('is the bundle: a change of its Info.plist alone is approved and waited for, too', async () => {
    await withRunning('macos-13', files, async bench => {
      const uuid = await listed(bench);
      const infoPlist = files.get('Info.plist') ?? '';
      const scored = infoPlist.replace('<key>IOClass</key>', '<key>IOProbeScore</key><integer>7</integer>$&');
      const waiting = await reloadChanged(bench, new Map(files).set('Info.plist', scored));
      assert.equal(waiting.outcome, 'waitingForApproval');
      assert.equal((await bench.reload()).outcome, 'waitingForApproval', 'asked for again');
      await bench.approve();
      await bench.restart();
      assert.equal((await bench.finishReload()).outcome, 'loaded');
      assert.equal(await listed(bench), uuid);
      const [driver] = (await bench.snapshot()).objects.filter(({ className }) => className === names.driver);
      assert.equal(driver?.properties.get('IOProbeScore'), 7n);
    });
  });

  it('is one build: of two that asked the later one runs after the restart', async () => {
    await withBench(
      files,
      async bench => {
        await bench.reload();
        const { bundle } = await reloadChanged(bench, changed(files));
        await bench.approve();
        await bench.restart();
        assert.equal((await bench.finishReload()).outcome, 'loaded');
        assert.equal(await listed(bench), bundle?.executable?.uuid);
      },
      ventura,
    );
  });
});

describe('Approving', () => {
  for (const scenario of ['macos-10.15', 'macos-13'] as const) {
    it(`is refused with words where nothing waits, on ${scenario}`, async () => {
      await withBench(
        files,
        async bench => {
          await assert.rejects(bench.approve(), new SwitchRefused('No kext waits for approval here.'));
        },
        { scenario },
      );
    });
  }

  it('is refused the second time', async () => {
    await withBench(
      files,
      async bench => {
        await bench.reload();
        await bench.approve();
        await assert.rejects(bench.approve(), SwitchRefused);
      },
      ventura,
    );
  });
});

describe('A restart', () => {
  it('leaves out a kext whose bundle was removed', async () => {
    await withRunning('macos-13', files, async bench => {
      assert.equal((await run(bench, 'rm', ['-rf', installed])).exitCode, 0);
      assert.notEqual(await listed(bench), undefined, 'until then it runs');
      await bench.restart();
      assert.equal(await listed(bench), undefined);
      assert.equal((await bench.reload()).outcome, 'waitingForRestart', 'the build is approved still');
    });
  });

  it('keeps what is installed, with its owner', async () => {
    await withRunning('macos-13', files, async bench => {
      await bench.restart();
      assert.equal((await run(bench, 'kextload', [installed])).exitCode, 0);
    });
  });

  it('by a panic brings the collection in as well', async () => {
    await withRunning('macos-13', files, async bench => {
      const uuid = await listed(bench);
      await reloadChanged(bench, changed(files));
      await bench.target.switches.panic(never);
      assert.match((await bench.target.takePanic())?.reason ?? '', /^NMI: /);
      assert.deepEqual([await listed(bench), await drivers(bench)], [uuid, 1], 'nobody has approved the other one');
    });
  });
});

describe('The tools of macOS 13', () => {
  const kmutilError = /^Error Domain=KMErrorDomain Code=(\d+) "(.*)" UserInfo=/m;

  it('let nobody but root load and unload', async () => {
    await withRunning('macos-13', files, async bench => {
      const load = await run(bench, 'kextload', [installed], false);
      const [, number, said] = kmutilError.exec(load.stderr) ?? [];
      assert.deepEqual([load.exitCode, number], [71, '71']);
      assert.equal(
        said,
        `Insufficient permissions for action: Unable to load '${names.bundleIdentifier}' in unprivileged request.`,
      );
      const unload = await run(bench, 'kextunload', ['-b', names.bundleIdentifier], false);
      assert.match(unload.stderr, /Kernel request failed: \(libkern\/kext\) not privileged \(-603947004\)/);
      assert.notEqual(await listed(bench), undefined);
    });
  });

  it('know no kext that is not loaded, and no bundle that is not there', async () => {
    await withBench(
      files,
      async bench => {
        const unknown = await run(bench, 'kextunload', ['-b', 'org.nobody.NoSuch']);
        assert.match(unknown.stderr, /^Executing: \/usr\/bin\/kmutil unload -b org\.nobody\.NoSuch\n/);
        assert.match(
          kmutilError.exec(unknown.stderr)?.[2] ?? '',
          /Missing extension with identifier org\.nobody\.NoSuch$/,
        );
        const nowhere = await run(bench, 'kextload', ['/Library/Extensions/No.kext']);
        assert.equal(
          kmutilError.exec(nowhere.stderr)?.[2],
          'Could not find: No bundle was found at /Library/Extensions/No.kext.',
        );
        assert.equal((await bench.unload()).outcome, 'notFound');
      },
      ventura,
    );
  });

  it('have lost kextutil’s test of a kext, and end with success all the same', async () => {
    await withBench(
      files,
      async bench => {
        const { stderr, exitCode } = await run(bench, 'kextutil', ['-nt', installed]);
        assert.deepEqual([stderr, exitCode], ['kextutil: -n is not a supported kmutil mode\n', 0]);
      },
      ventura,
    );
  });
});

describe('Use and status on macOS 13', () => {
  it('a driver that waits for its approval is nobody’s to open', async () => {
    await withBench(
      files,
      async bench => {
        await bench.reload();
        const used = await bench.exercise();
        assert.deepEqual([used.outcome, causes(used)], ['failed', ['waitingForApproval']]);
      },
      ventura,
    );
  });

  it('the snapshot is read as on macOS 10.15, with the libraries of its kernel', async () => {
    await withRunning('macos-13', files, async bench => {
      assert.equal((await bench.exercise()).outcome, 'used');
      const { kexts, system, objects } = await bench.snapshot();
      assert.match(system.version, /^13\./);
      assert.equal(kexts.find(({ bundleIdentifier }) => bundleIdentifier === 'com.apple.kpi.bsd')?.version, '22.6.0');
      assert.ok(objects.some(({ className }) => className === names.driver));
      assert.deepEqual(causes(await bench.unload()), []);
    });
  });
});
