import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { before, describe, it } from 'node:test';
import { findStaleCopies, removeStaleCopies, type Sweep } from '../../src/operations/install/staleCopies.ts';
import { readOptions } from '../../src/terminal/options.ts';
import { runCommand, type TerminalWorld } from '../../src/terminal/runCommand.ts';
import { CountingRunner } from '../support/countingRunner.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { withAlteredTools } from './alteredTools.ts';
import { files, names, never } from './systemsSubject.ts';

before(() => prepareKernel());

const identifier = names.bundleIdentifier;

/** Where a path of the Simulated Mac lies on this machine. */
const onDisk = (bench: SimulatedBench, path: string) => join(bench.state, 'disk', path);

/** Puts a copy of the build there, past the tools, as whoever has the disk can. */
async function put(bench: SimulatedBench, bundle: string, ...paths: readonly string[]): Promise<void> {
  for (const path of paths) await cp(bundle, onDisk(bench, path), { recursive: true });
}

async function isThere(bench: SimulatedBench, path: string): Promise<boolean> {
  return stat(onDisk(bench, path)).then(
    () => true,
    () => false,
  );
}

const sweepOf = async (bench: SimulatedBench) => findStaleCopies(await bench.operation(), never);
const pathsOf = ({ copies }: Sweep) => copies.map(({ path }) => path);

/** Everywhere that a copy can lie, and whether a sweep may remove it there. */
function placesOf(name: string): readonly (readonly [path: string, place: string, removable: boolean])[] {
  return [
    [`/Library/Extensions/.${name}.kext-dev-new`, 'leftover', true],
    [`/Library/Extensions/Old $(id) '".kext`, 'installed', true],
    ['/Library/Extensions/Two\nLines.kext', 'installed', true],
    ['/Library/Extensions/Winch.kext/Contents/PlugIns/Inner.kext', 'inside', false],
    [`/Library/StagedExtensions/Library/Extensions/${name}`, 'staged', false],
    [`/System/Library/Extensions/${name}`, 'system', false],
    [`/Volumes/Backup 2/Library/Extensions/${name}`, 'volume', true],
    [`/private/tmp/kext-dev/.${name}.kext-dev-old`, 'leftover', true],
    ['/private/tmp/kext-dev/Other.kext', 'temporary', true],
  ];
}

describe('A sweep of the Simulated Mac', () => {
  it('finds the installed build alone after a reload, and knows that it is what is loaded', async () => {
    await withBench(files, async bench => {
      const { bundle } = await bench.reload();
      const { copies, notices } = await sweepOf(bench);
      const [only, ...more] = copies;
      assert.deepEqual(
        [only?.isInstalledByReload, only?.isLoaded, only?.isRemovable, more, notices],
        [true, true, false, [], []],
      );
      assert.deepEqual(only?.uuids, [...(bundle?.executable?.uuids.values() ?? [])]);
      assert.equal(only?.version, bundle?.infoPlist.version);
    });
  });

  it('finds every copy of the kext, by its identifier and not by its name, and removes what may be, each once it is agreed to', async () => {
    await withBench(files, async bench => {
      const { bundle } = await bench.reload();
      const folder = bundle?.folder ?? '';
      const places = placesOf(posix.basename(folder));
      await put(bench, folder, ...places.map(([path]) => path));
      const operation = await bench.operation();
      const sweep = await findStaleCopies(operation, never);
      const stale = sweep.copies.filter(copy => !copy.isInstalledByReload);
      assert.deepEqual(
        stale.map(({ path, place, isRemovable }) => [path, place, isRemovable]).sort(),
        [...places].map(each => [...each]).sort(),
      );
      for (const { isRemovable, fix } of stale) assert.equal(fix === undefined, isRemovable);
      const asked: string[] = [];
      const removed = await removeStaleCopies(
        operation,
        sweep,
        async ({ path }) => asked.push(path) > 0 && !path.startsWith('/Volumes/'),
        never,
      );
      const removable = places.filter(([, , may]) => may).map(([path]) => path);
      assert.deepEqual(asked.sort(), [...removable].sort());
      const agreed = removable.filter(path => !path.startsWith('/Volumes/'));
      assert.deepEqual(removed.map(({ path }) => path).sort(), [...agreed].sort());
      assert.ok(removed.every(({ failed }) => failed === undefined));
      for (const [path] of places) assert.equal(await isThere(bench, path), !agreed.includes(path), path);
      assert.equal((await bench.unload()).outcome, 'unloaded');
    });
  });

  it('leaves alone what only links against the kext, or is called like it', async () => {
    await withBench(files, async bench => {
      const { bundle } = await bench.reload();
      const folder = bundle?.folder ?? '';
      const other = await mkdtemp(join(tmpdir(), 'kext-dev-other-'));
      await mkdir(join(other, 'Contents'));
      const plist = (body: string) => `<?xml version="1.0"?>\n<plist version="1.0"><dict>${body}</dict></plist>\n`;
      const libraries = `<key>OSBundleLibraries</key><dict><key>${identifier}</key><string>1.0</string></dict>`;
      await writeFile(
        join(other, 'Contents', 'Info.plist'),
        plist(`<key>CFBundleIdentifier</key><string>org.sample.driver.Winch</string>${libraries}`),
      );
      await put(bench, other, '/Library/Extensions/Winch.kext', `/Library/Extensions/${posix.basename(folder)}`);
      await put(bench, other, '/Library/Extensions/.Winch.kext.kext-dev-new');
      await symlink(other, onDisk(bench, '/Library/Extensions/Link.kext'));
      assert.equal((await sweepOf(bench)).copies.filter(copy => !copy.isInstalledByReload).length, 0);
      await rm(other, { recursive: true });
    });
  });

  it('finds half a copy that an install of this kext left, which has no Info.plist', async () => {
    await withBench(files, async bench => {
      const { bundle } = await bench.reload();
      const half = `/private/tmp/kext-dev/.${posix.basename(bundle?.folder ?? '')}.kext-dev-new`;
      await mkdir(onDisk(bench, join(half, 'Contents')), { recursive: true });
      await mkdir(onDisk(bench, '/private/tmp/kext-dev/.Winch.kext.kext-dev-new'), { recursive: true });
      const stale = (await sweepOf(bench)).copies.filter(copy => !copy.isInstalledByReload);
      assert.deepEqual(
        stale.map(({ path, version, isRemovable }) => [path, version, isRemovable]),
        [[half, undefined, true]],
      );
    });
  });

  it('asks in two round trips, and in one where nothing is found', async () => {
    await withBench(files, async bench => {
      const operation = await bench.operation();
      const runner = new CountingRunner(operation.target.runner);
      const counting = withAlteredTools(operation, {});
      const asked = { ...counting, target: { ...counting.target, runner } };
      const searches = () => runner.takeTrips().filter(trip => trip.some(({ tool }) => tool === 'find')).length;
      await findStaleCopies(asked, never);
      assert.equal(searches(), 1);
      await bench.reload();
      await findStaleCopies(asked, never);
      assert.equal(searches(), 2);
    });
  });

  it('on a kmutil system names kmutil for what is staged, on one before it kextcache', async () => {
    for (const [scenario, tool] of [
      ['macos-13', 'kmutil clear-staging'],
      ['macos-10.15', 'kextcache --clear-staging'],
    ] as const)
      await withBench(
        files,
        async bench => {
          const { bundle } = await bench.reload();
          await put(bench, bundle?.folder ?? '', '/Library/StagedExtensions/Library/Extensions/A.kext');
          const staged = (await sweepOf(bench)).copies.find(({ place }) => place === 'staged');
          assert.ok(staged?.fix?.includes(tool), staged?.fix);
        },
        { scenario },
      );
  });

  it('keeps what an install that waits for its restart would put back', async () => {
    await withBench(
      files,
      async bench => {
        const { bundle, outcome } = await bench.reload();
        assert.equal(outcome, 'waitingForApproval');
        const kept = `/Library/Extensions/.${posix.basename(bundle?.folder ?? '')}.kext-dev-old`;
        await put(bench, bundle?.folder ?? '', kept);
        const found = (await sweepOf(bench)).copies.find(({ path }) => path === kept);
        assert.equal(found?.isRemovable, false);
        assert.match(found?.fix ?? '', /reload that waits/);
      },
      { scenario: 'macos-13' },
    );
  });
});

describe('kext-dev sweep', () => {
  const run = (bench: SimulatedBench, argv: readonly string[], confirm?: TerminalWorld['confirm']) => {
    const world = { operation: () => bench.operation(), confirm } as unknown as TerminalWorld;
    return runCommand(readOptions(['sweep', '--target', 'simulated', ...argv]), world, never);
  };
  const stale = '/Library/Extensions/Stale.kext';

  it('shows, and removes nothing unless it is told to and each copy is agreed to', async () => {
    await withBench(files, async bench => {
      const { bundle } = await bench.reload();
      await put(bench, bundle?.folder ?? '', stale);
      const shown = await run(bench, []);
      assert.equal(shown.status, 0);
      assert.match(shown.text, new RegExp(`^1 stale copy of ${identifier} on the Simulated Mac:\n`));
      await assert.rejects(run(bench, ['--remove']), /say --yes/);
      const no = await run(bench, ['--remove'], async () => false);
      assert.match(no.text, /Nothing was removed\.$/);
      assert.equal(await isThere(bench, stale), true);
      const questions: string[] = [];
      const yes = await run(bench, ['--remove'], async about => questions.push(about) > 0);
      assert.deepEqual([yes.status, questions.length, questions[0]?.split('\n')[0]], [0, 1, stale]);
      assert.match(yes.text, new RegExp(`Removed: ${stale}$`));
      assert.equal(await isThere(bench, stale), false);
    });
  });

  it('with --yes removes without a question, and says in its document what it did', async () => {
    await withBench(files, async bench => {
      const { bundle } = await bench.reload();
      await put(bench, bundle?.folder ?? '', stale);
      const { document } = await run(bench, ['--remove', '--yes', '--json']);
      assert.deepEqual(document.removed, [{ path: stale }]);
      assert.deepEqual(pathsOf(document as unknown as Sweep).includes(stale), true);
    });
  });
});
