import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { inStop } from '../support/editDemo.ts';
import { findProgram } from '../support/findProgram.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { kextDev, kextDevEnvironment, kextDevWords, placeOf } from '../support/terminal.ts';

const seed = runSeed();
/** What it leaks is mended: who holds the driver is all that is in the way. */
const files = inStop(renameDemo(await readDemo(), seed), '    OSSafeReleaseNULL(motor);');
const { bundleIdentifier, staying } = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${bundleIdentifier}`);

/** script(1) of util-linux: a terminal for a program, whose lines are typed here. */
const script = process.platform === 'linux' ? findProgram('script') : undefined;
const inTheWay = new RegExp(
  `The unload of ${bundleIdentifier} is likely to be refused:\\n {2}${staying} \\(pid \\d+\\) has it open: quit it first\\.`,
);
const isLoaded = async (bench: SimulatedBench) => loadedKext(await bench.snapshot(), bundleIdentifier) !== undefined;

before(() => Promise.all([prepareKernel(), buildWhenStale()]));

/** Runs `work` on a Mac whose driver a process has open. */
function withHolder(work: (bench: SimulatedBench) => Promise<void>): Promise<void> {
  return withBench(files, async bench => {
    await bench.reload();
    await bench.exercise(staying);
    await work(bench);
  });
}

/** One word to the shell that script starts. */
const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** Runs `kext-dev` in a terminal where somebody answers each question by the next of `answers`. */
async function sitting(bench: SimulatedBench, command: string, answers: readonly string[]) {
  const words = kextDevWords([command, ...placeOf(bench)]);
  const child = spawn(script ?? '', ['-qec', words.map(quoted).join(' '), '/dev/null'], { env: kextDevEnvironment() });
  const left = [...answers];
  let shown = '';
  let read = 0;
  child.stdout.on('data', (piece: Buffer) => {
    shown += piece.toString();
    const asked = shown.indexOf('[y/N]', read);
    if (asked < 0) return;
    read = asked + 1;
    child.stdin.write(`${left.shift() ?? ''}\r`);
  });
  const status = await new Promise<number | null>(resolve => child.once('close', resolve));
  child.stdin.end();
  assert.deepEqual(left, [], shown);
  return { status, shown: shown.replace(/\x1b\[\d*[A-Z]|\r/g, '') };
}

describe('A terminal, before an unload that is likely to be refused', () => {
  it('prints what is in the way and goes on where nobody can be asked', async () => {
    await withHolder(async bench => {
      const { status, stderr, stdout } = await kextDev(['reload', ...placeOf(bench)]);
      assert.match(stderr, inTheWay);
      assert.equal(status, 1);
      assert.match(stdout, new RegExp(`${bundleIdentifier} was not unloaded from the Simulated Mac: refused\\.\n$`));
    });
  });

  it('asks whoever sits there, and a no leaves everything as it was', { skip: script === undefined }, async () => {
    await withHolder(async bench => {
      const { status, shown } = await sitting(bench, 'unload', ['n', 'n']);
      assert.match(shown, inTheWay);
      assert.match(shown, /Quit what has it open, and unload\? \[y\/N\]/);
      assert.match(shown, /until the Simulated Mac restarts\.\nUnload anyway\? \[y\/N\]/);
      assert.equal(status, 130, shown);
      assert.ok((await bench.snapshot()).objects.every(({ active }) => active));
    });
  });

  it('quits what has it open at a yes, and the unload is a clean one', { skip: script === undefined }, async () => {
    await withHolder(async bench => {
      const { status, shown } = await sitting(bench, 'unload', ['y']);
      assert.equal(status, 0, shown);
      assert.match(shown, new RegExp(`${bundleIdentifier} is unloaded from`));
      assert.equal(await isLoaded(bench), false);
    });
  });
});
