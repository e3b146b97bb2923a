import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { simulatedMacChoices } from '../../src/targets/simulatedScenarios.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { writeDemo } from '../support/renamedDemo.ts';
import { openBench, prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { kextDev, kextDevJson, onlyLine, placeOf } from '../support/terminal.ts';
import { changed, files, leaking, names } from './systemsSubject.ts';

before(async () => {
  await prepareKernel();
  await buildWhenStale();
});

const kext = names.bundleIdentifier;

describe('The story of a build on macOS 13, in the terminal', () => {
  let bench: SimulatedBench;
  const run = (command: string) => kextDev([command, ...placeOf(bench)]);
  const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);
  before(async () => {
    bench = await openBench(files, { scenario: 'macos-13' });
  });
  after(() => bench.remove());

  it('reload says before it builds that a restart will be needed, and ends well: it waits for the approval', async () => {
    const { status, stdout, stderr } = await run('reload');
    assert.equal(status, 0);
    const plan = 'macOS 13 runs the new code only after a restart; Reload will prepare it and go on after the restart.';
    assert.equal(stderr.split('\n')[0], `reload ${kext} on the Simulated Mac (macOS 13): building: ${plan}`);
    assert.ok(!stderr.slice(stderr.indexOf('\n')).includes(plan), stderr);
    assert.match(
      lastLine(stdout) ?? '',
      /is installed on the Simulated Mac \(macOS 13\) and waits for its approval; [0-9A-F-]{36} is ready\.$/,
    );
  });

  it('status says what is awaited, also as JSON', async () => {
    const { status, stdout } = await run('status');
    assert.equal(status, 0);
    assert.match(stdout, /^Simulated Mac \(macOS 13\) · macOS 13\.6\nNothing is loaded but Apple's \d+ kexts\.\n/);
    assert.equal(lastLine(stdout), 'Waiting for its approval.');
    const { document } = await kextDevJson(['status', ...placeOf(bench)]);
    assert.deepEqual([document.target, document.waiting], ['simulated:macos-13', 'approval']);
  });

  it('approve, and a second time: refused in one line', async () => {
    const { status, stdout } = await run('approve');
    assert.deepEqual(
      [status, stdout],
      [0, `${kext} is approved on the Simulated Mac (macOS 13); it waits for a restart.\n`],
    );
    const again = await run('approve');
    assert.deepEqual([again.status, onlyLine(again)], [2, 'No kext waits for approval here.']);
    assert.equal(lastLine((await run('status')).stdout), 'Waiting for a restart.');
  });

  it('restart: the reload can be finished, and reload finishes it without a plan', async () => {
    assert.equal((await run('restart')).stdout, 'The Simulated Mac (macOS 13) has restarted.\n');
    assert.equal(lastLine((await run('status')).stdout), 'The reload can be finished: reload again.');
    const { status, stdout, stderr } = await run('reload');
    assert.equal(status, 0);
    assert.match(stdout, /^\S+ is loaded and proved: the Simulated Mac \(macOS 13\) runs [0-9A-F-]{36}\.\n$/);
    assert.deepEqual(
      stderr.split('\n').map(line => line.split(': ').at(-1)),
      ['building', 'verifying', ''],
    );
  });

  it('exercise, unload: it is out of the kernel, and told to be in the collection', async () => {
    assert.equal((await run('exercise')).status, 0);
    const { status, stdout } = await run('unload');
    assert.equal(status, 0);
    assert.equal(
      stdout,
      `${kext} is unloaded from the Simulated Mac (macOS 13). It stays in the kext collection, which the next start loads.\n`,
    );
  });

  it('a refused unload has status 1, and its verdict', async () => {
    await writeDemo(changed(leaking), bench.project);
    for (const command of ['reload', 'approve', 'restart', 'reload', 'exercise'])
      assert.equal((await run(command)).status, 0);
    const { status, stdout } = await run('unload');
    assert.equal(status, 1);
    assert.match(stdout, new RegExp(`: error: 1 instance of ${names.engine} is leaked`));
    assert.match(stdout, /^ {4}\(kernel\) {5}Kext \S+ class \S+ has 1 instance\.$/m);
  });

  it('reset: the same Mac, fresh from the box', async () => {
    assert.equal((await run('reset')).status, 0);
    assert.match((await run('status')).stdout, /^Simulated Mac \(macOS 13\) · macOS 13\.6\nNothing is loaded/);
  });
});

describe('An unload in the terminal', () => {
  const ends = [
    ['macos-13-kept', 'the unload was accepted, and it is still listed'],
    ['macos-13-fixed', 'refused'],
  ] as const;
  for (const [scenario, why] of ends) {
    it(`on ${scenario}: not unloaded, status 1`, async () => {
      await withBench(
        files,
        async bench => {
          const outcomes: unknown[] = [];
          for (const command of ['reload', 'approve', 'restart', 'reload'])
            outcomes.push((await kextDevJson([command, ...placeOf(bench)])).document.outcome);
          assert.deepEqual(outcomes, ['waitingForApproval', 'approved', 'restarted', 'loaded']);
          const { status, stdout } = await kextDev(['unload', ...placeOf(bench)]);
          assert.equal(status, 1);
          assert.ok(stdout.endsWith(`${kext} was not unloaded from ${bench.target.called}: ${why}.\n`), stdout);
        },
        { scenario },
      );
    });
  }
});

describe('The Simulated Mac’s systems in the terminal', () => {
  const ids = simulatedMacChoices().map(({ id }) => id);

  it('each is a Mac of its own below one state, named by its id', async () => {
    await withBench(files, async bench => {
      const seen: unknown[] = [];
      for (const id of ids) {
        const { document } = await kextDevJson([
          'status',
          '--target',
          id,
          '--project',
          bench.project,
          '--state',
          bench.state,
        ]);
        seen.push([document.target, document.system.version.split('.')[0]]);
      }
      assert.deepEqual(
        seen,
        ids.map(id => [id, /macos-(\d+)/.exec(id)?.[1] ?? '10']),
      );
    });
  });

  it('one that there is not is refused with those there are', async () => {
    const refused = await kextDev(['status', '--target', 'simulated:macos-12', '--project', '.']);
    assert.equal(refused.status, 2);
    assert.equal(
      onlyLine(refused),
      `--target "simulated:macos-12": there is no such target; there are: ssh:HOST, ${ids.join(', ')}`,
    );
  });
});
