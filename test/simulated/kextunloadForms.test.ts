import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { installOn } from '../support/installOn.ts';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { openBench, prepareKernel, type SimulatedBench } from '../support/simulatedBench.ts';

const { signal } = new AbortController();
const files = await readDemo();
const { bundleIdentifier } = demoNames(files);
const installed = '/private/tmp/kext-dev/a b.kext';

describe('What kextunload of macOS 10.15 is given', () => {
  let bench: SimulatedBench;
  before(async () => {
    await prepareKernel();
    bench = await openBench(files);
    const { bundle } = await bench.reload();
    await installOn(bench.target, bundle?.folder ?? assert.fail(), installed);
  });
  after(() => bench.remove());

  const run = async (tool: string, ...argv: readonly string[]) => {
    const call = { tool, argv, asRoot: true, timeoutMs: 1000, parse: () => undefined };
    const { stdout, stderr, exitCode } = await bench.target.runner.run(call, signal);
    return { stdout, stderr, exitCode };
  };
  const load = async () => assert.equal((await run('kextload', installed)).exitCode, 0);
  const silent = { stdout: '', stderr: '', exitCode: 0 };
  const requested = `Requesting unload of ${bundleIdentifier} (with termnation of IOServices).\n`;
  const unloaded = `${bundleIdentifier} unloaded and personalities removed.\n`;

  it('a path: the kext that lies there goes', async () => {
    await load();
    assert.deepEqual(await run('kextunload', installed), silent);
    assert.equal((await run('kextstat', '-l', '-b', bundleIdentifier)).stdout, '');
  });

  it('-v, and -v 1: it says what it did', async () => {
    for (const verbose of [['-v'], ['-v', '1']]) {
      await load();
      const argv = [...verbose, '-b', bundleIdentifier];
      assert.deepEqual(await run('kextunload', ...argv), { ...silent, stderr: requested + unloaded });
    }
  });

  it('a path where nothing is: it says so, and the others go all the same', async () => {
    await load();
    const { stderr, exitCode } = await run('kextunload', '/private/tmp/No.kext', installed, '-v');
    assert.deepEqual([stderr, exitCode], [`Can't create /private/tmp/No.kext.\n${requested}${unloaded}`, 1]);
  });

  it('two identifiers, one of which is not loaded: the other goes', async () => {
    await load();
    const { stderr, exitCode } = await run('kextunload', '-b', 'org.nobody.NoSuch', '-b', bundleIdentifier);
    assert.match(stderr, /^\(kernel\) .*org\.nobody\.NoSuch.*\nFailed to unload org\.nobody\.NoSuch - .*\n$/);
    assert.equal(exitCode, 1);
    assert.equal((await run('kextstat', '-l', '-b', bundleIdentifier)).stdout, '');
  });

  it('more to say than is simulated: it says that, and unloads nothing', async () => {
    await load();
    const { stderr, exitCode } = await run('kextunload', '-v', '6', '-b', bundleIdentifier);
    assert.deepEqual([stderr, exitCode], [`kextunload: cannot simulate: kextunload -v 6 -b ${bundleIdentifier}\n`, 64]);
    assert.notEqual((await run('kextstat', '-l', '-b', bundleIdentifier)).stdout, '');
  });
});
