import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import type { OperationResult } from '../../src/operations/operation.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { kextDev, onlyLine, placeOf } from '../support/terminal.ts';
import { type BadDriver, withLateCall, withStatement } from './badDrivers.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

const fault = '*(volatile int *)0x10 = 1;';

before(() => prepareKernel());

/** Told as a panic with its reason, a stack that begins in the kext, and the driver's own line; and the Mac has restarted. */
async function isPanic(
  result: OperationResult,
  bench: SimulatedBench,
  { file, line }: BadDriver,
  told: { readonly reason: RegExp; readonly in: string },
): Promise<void> {
  assert.equal(result.outcome, 'failed');
  const [panic, ...more] = result.diagnoses;
  assert.deepEqual(more, []);
  assert.equal(panic?.cause, 'panicked');
  assert.equal(panic?.severity, 'error');
  assert.match(panic?.message ?? '', told.reason);
  assert.ok(panic?.message.startsWith('The Simulated Mac panicked: '), panic?.message);
  assert.ok(panic?.message.endsWith(`, in ${told.in}(). It has restarted.`), panic?.message);
  assert.deepEqual([panic?.anchor?.file, panic?.anchor?.line], [join(bench.project, file), line]);
  const [innermost] = panic?.evidence ?? [];
  assert.ok(innermost?.text.startsWith(`${names.bundleIdentifier}: ${told.in}(`), innermost?.text);
  assert.equal(innermost?.position?.line, line);
  const snapshot = await bench.snapshot();
  assert.equal(loadedKext(snapshot, names.bundleIdentifier), undefined);
  assert.ok(snapshot.kexts.length > 0);
}

describe('A driver whose start() returns false', () => {
  it('is loaded and does not run: said on its start(), with the provider that was there', async () => {
    const bad = withStatement(files, 'driver', 'start', 'return false;');
    await withBench(bad.files, async bench => {
      const result = await bench.reload();
      assert.equal(result.outcome, 'failed');
      const [diagnosis, ...more] = result.diagnoses;
      assert.deepEqual(more, []);
      assert.equal(diagnosis?.cause, 'notStarted');
      assert.equal(diagnosis?.class, names.driver);
      assert.match(
        diagnosis?.message ?? '',
        new RegExp(`^${names.bundleIdentifier} is loaded, but ${names.driver} does not run`),
      );
      // The statement stands two lines below the function's head.
      assert.deepEqual(
        [diagnosis?.anchor?.file, diagnosis?.anchor?.line],
        [join(bench.project, bad.file), bad.line - 2],
      );
      assert.ok(loadedKext(await bench.snapshot(), names.bundleIdentifier));
      assert.equal((await bench.unload()).outcome, 'unloaded');
    });
  });
});

describe('A driver that crashes', { concurrency: 2 }, () => {
  it('in start(): the reload fails with the panic on the line', async () => {
    const bad = withStatement(files, 'driver', 'start', fault);
    await withBench(bad.files, async bench => {
      const result = await bench.reload();
      await isPanic(result, bench, bad, { reason: /page fault/, in: `${names.driver}::start` });
      assert.deepEqual(
        result.phases.map(({ name, outcome }) => `${name} ${outcome}`),
        ['building done', 'installing done', 'loading failed'],
      );
    });
  });

  it('in an external method: the use of the driver fails with the panic on the line', async () => {
    const bad = withStatement(files, 'userClient', 'externalMethod', fault);
    await withBench(bad.files, async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const used = await bench.exercise();
      await isPanic(used, bench, bad, { reason: /page fault/, in: `${names.userClient}::externalMethod` });
      assert.deepEqual(used.steps, []);
    });
  });

  it('in stop(): the unload fails with the panic on the line, and the next reload starts afresh', async () => {
    const bad = withStatement(files, 'driver', 'stop', fault);
    await withBench(bad.files, async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      await isPanic(await bench.unload(), bench, bad, { reason: /page fault/, in: `${names.driver}::stop` });
      assert.equal((await bench.reload()).outcome, 'loaded');
    });
  });

  it('by a use of what it has freed', async () => {
    const bad = withStatement(files, 'driver', 'stop', 'motor->release(); motor->release();');
    await withBench(bad.files, async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      await isPanic(await bench.unload(), bench, bad, { reason: /freed object/, in: `${names.driver}::stop` });
    });
  });

  it('by a call of panic(): in its own words', async () => {
    const bad = withStatement(files, 'driver', 'start', 'panic("out of %s after %d m", "rope", 30);');
    await withBench(bad.files, async bench => {
      const told = { reason: /panicked: out of rope after 30 m/, in: `${names.driver}::start` };
      await isPanic(await bench.reload(), bench, bad, told);
    });
  });

  it('by a recursion without end, told once', async () => {
    const bad = withStatement(files, 'driver', 'start', 'return start(provider) + 1;');
    await withBench(bad.files, async bench => {
      const result = await bench.reload();
      const [panic] = result.diagnoses;
      assert.match(
        panic?.message ?? '',
        new RegExp(`stack overflow, in ${names.driver}::start\\(\\)\\. It has restarted`),
      );
      assert.equal(panic?.anchor?.file, join(bench.project, bad.file));
      assert.ok(panic?.evidence.some(({ text }) => /^… the same \d+ times more$/.test(text)));
      assert.ok((panic?.evidence.length ?? 0) < 12);
    });
  });

  for (const [what, loop] of [
    ['computes', 'for (volatile unsigned a = 0;;) { a = a + 1; a = a * 3; a = a ^ 5; a = a / 7; a = a + 11; }'],
    ['logs', 'for (;;) IOLog("spam %u\\n", 1);'],
  ] as const)
    it(`by a loop without end that ${what}: the watchdog ends it and names the function where it begins`, async () => {
      const bad = withStatement(files, 'driver', 'start', loop);
      await withBench(bad.files, async bench => {
        const told = { reason: /watchdog/, in: `${names.driver}::start` };
        await isPanic(await bench.reload(), bench, { ...bad, line: bad.line - 1 }, told);
      });
    });

  it('by a panic() whose words end as a line of the log does: in one line', async () => {
    const bad = withStatement(files, 'driver', 'start', 'panic("mine %d\\n", 3);');
    await withBench(bad.files, async bench => {
      const told = { reason: /panicked: mine 3, in /, in: `${names.driver}::start` };
      await isPanic(await bench.reload(), bench, bad, told);
    });
  });
});

describe('A panic in the terminal', () => {
  it('is told with stack and line, status 1, and the next question is answered', async () => {
    const bad = withStatement(files, 'driver', 'start', fault);
    await withBench(bad.files, async bench => {
      const answer = await kextDev(['reload', ...placeOf(bench)]);
      assert.equal(answer.status, 1);
      assert.match(answer.stdout, new RegExp(`^${bad.file}:${bad.line}:\\d+: error: The Simulated Mac panicked: `));
      assert.match(answer.stdout, new RegExp(`^ {4}${names.bundleIdentifier}: ${names.driver}::start\\(`, 'm'));
      assert.doesNotMatch(answer.stdout, /std::|lambda|anonymous namespace/);
      const status = await kextDev(['status', ...placeOf(bench)]);
      assert.equal(status.status, 0);
      assert.match(status.stdout, /Nothing is loaded but Apple's/);
      assert.match(
        status.stdout,
        new RegExp(`^${bad.file}:${bad.line}:\\d+: error: The Simulated Mac panicked: `, 'm'),
      );
    });
  });

  it('is not simply done again: the next reload is refused in a line, until it was seen or the kext is uninstalled', async () => {
    const bad = withStatement(files, 'driver', 'start', fault);
    await withBench(bad.files, async bench => {
      const reload = (...more: readonly string[]) => kextDev(['reload', ...placeOf(bench), ...more]);
      await reload();
      const refused = await reload();
      assert.equal(refused.status, 1);
      const told = `^The Simulated Mac went down under the last operation on ${names.bundleIdentifier}: .* --after-panic .*$`;
      assert.match(onlyLine(refused), new RegExp(told));
      assert.match((await reload('--after-panic')).stdout, /panicked/);
      assert.equal((await kextDev(['uninstall', ...placeOf(bench)])).status, 0);
      assert.match((await reload()).stdout, /panicked/);
    });
  });
});

describe('A driver whose code runs when it is gone', () => {
  it('panics the Mac by what it left behind, with the line of that', async () => {
    const bad = withLateCall(files, 5, 'kSecondScale');
    await withBench(bad.files, async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      const { outcome, diagnoses } = await bench.unload();
      assert.deepEqual([outcome, diagnoses.map(({ cause }) => cause)], ['failed', ['panicked']]);
      const [panic] = diagnoses;
      assert.match(panic?.message ?? '', /code of \S+ was run after its unload/);
      assert.deepEqual([panic?.anchor?.file, panic?.anchor?.line], [join(bench.project, bad.file), bad.line]);
      assert.equal(loadedKext(await bench.snapshot(), names.bundleIdentifier), undefined);
    });
  });
});

describe('A driver whose stop() does not come back in time', () => {
  it('leaves kextunload without an answer, which is said; once it is back the kext is gone', async () => {
    const bad = withStatement(files, 'driver', 'stop', 'IOSleep(150000);');
    await withBench(bad.files, async bench => {
      assert.equal((await bench.reload()).outcome, 'loaded');
      await assert.rejects(bench.unload(), /kextunload gave no answer in time; expected the result of an unload/);
      assert.ok(loadedKext(await bench.snapshot(), names.bundleIdentifier));
      await bench.target.pause(60_000, new AbortController().signal);
      assert.equal((await bench.unload()).outcome, 'notFound');
    });
  });
});
