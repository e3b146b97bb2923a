import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parseKextload } from '../../src/tools/kextload.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { openBench, type SimulatedBench } from '../support/simulatedBench.ts';
import { BrokenBundle } from './brokenBundle.ts';
import { added, builtDemo, id, linesOf, needing, path, seed, summary } from './loadSubject.ts';

const files = renameDemo(await readDemo(), seed + 1);
const names = demoNames(files);
const library = names.bundleIdentifier;
const place = `/Library/Extensions/${names.executable}.kext`;

const copy = builtDemo();
let bench: SimulatedBench;
before(async () => {
  bench = await openBench(files);
  assert.equal((await bench.reload()).outcome, 'loaded');
});
after(() => bench.remove());

/** Puts the library on the disk of the dependent kext's Simulated Mac, broken or not, and the dependent beside it. */
async function installBoth(
  dependent: BrokenBundle,
  breaking: (library: BrokenBundle) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const product = join(bench.project, 'build', `${names.executable}.kext`);
  await using other = await BrokenBundle.of(product, bench, names);
  await other.plist(added('OSBundleCompatibleVersion', '<string>1.0</string>'));
  await breaking(other);
  await dependent.install(place, other.folder);
  await dependent.plist(needing(library, '1.0'));
  await dependent.install();
}

describe('A library in /Library/Extensions', () => {
  it('is loaded before the kext that links against it, and listed as what that is linked against', async () => {
    await using dependent = await copy();
    await installBoth(dependent);
    assert.equal((await dependent.run('kextload', path)).exitCode, 0);
    const rows = linesOf((await dependent.run('kextstat', '-l')).stdout).map(row => row.trim().split(/\s+/));
    const indexOf = (name: string) => rows.find(row => row[5] === name)?.[0] ?? assert.fail(`${name} is not loaded`);
    const own = rows.find(row => row[5] === id)?.join(' ') ?? '';
    assert.match(own, new RegExp(`<(.* )?${indexOf(library)}( .*)?>$`));
    assert.ok(Number(indexOf(library)) < Number(indexOf(id)));
    const { stderr, exitCode } = await dependent.run('kextunload', '-b', library);
    assert.match(stderr, /in use or retained/);
    assert.equal(exitCode, 3);
  });

  it('that somebody else may write to keeps both from loading', async () => {
    await using dependent = await copy();
    await installBoth(dependent);
    await dependent.run('chmod', '-R', 'o+w', place);
    const { stderr } = await dependent.run('kextload', path);
    assert.deepEqual(linesOf(stderr), [
      `Can't load ${path} - dependency authentication problems.`,
      summary('authentication'),
    ]);
    const tested = await dependent.run('kextutil', '-nt', path);
    assert.match(
      tested.stderr,
      new RegExp(`^ {4}Dependencies have incorrect owner/permissions: \n {8}${library}$`, 'm'),
    );
    assert.deepEqual(parseKextload(stderr + tested.stderr).notUnderstood, []);
  });

  it('that is invalid: its dependent cannot be resolved', async () => {
    await using dependent = await copy();
    await installBoth(dependent, other => other.plist(['>KEXT<', '>APPL<']));
    const { stderr } = await dependent.run('kextload', path);
    assert.deepEqual(linesOf(stderr), [
      `${place} is invalid; can't resolve dependencies.`,
      `Can't load ${path} - failed to resolve dependencies.`,
      summary('dependencies'),
    ]);
  });

  it('that does not link: the kernel names both', async () => {
    await using dependent = await copy();
    await installBoth(dependent, other => other.rename('_IOLockAlloc', '_IOLockAllok'));
    const { stderr } = await dependent.run('kextload', path);
    assert.deepEqual(linesOf(stderr).slice(-4), [
      `(kernel) Dependency ${library} of kext ${id} failed to load.`,
      `(kernel) Kext ${id} failed to load (0xdc008015).`,
      `(kernel) Failed to load kext ${id} (error 0xdc008015).`,
      `${path} failed to load - (libkern/kext) dependency load failed; check the system/kernel logs for errors or try kextutil(8).`,
    ]);
    assert.ok(stderr.startsWith(`(kernel) kxld[${library}]: The following symbols are unresolved`), stderr);
  });

  it('that links against its own dependent: neither is loaded', async () => {
    await using dependent = await copy();
    await installBoth(dependent, other => other.plist(needing(id, '1.0')));
    await dependent.plist(added('OSBundleCompatibleVersion', '<string>1.0</string>'));
    await dependent.install(`/Library/Extensions/${dependent.names.executable}.kext`);
    const tested = await dependent.run('kextutil', '-nt', `/Library/Extensions/${dependent.names.executable}.kext`);
    assert.equal(tested.exitCode, 4);
    assert.match(tested.stderr, new RegExp(`^ {4}Indirect dependencies can't be resolved: \n {8}${library}$`, 'm'));
  });
});
