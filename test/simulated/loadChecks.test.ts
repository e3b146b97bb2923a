import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type MachOFile, readMachO } from '../../src/bundle/machO.ts';
import { parseKextload } from '../../src/tools/kextload.ts';
import { parseKextstat } from '../../src/tools/kextstat.ts';
import type { PlistEdit } from './brokenBundle.ts';
import { added, builtDemo, id, linesOf, names, needing, path, unmarked } from './loadSubject.ts';

const copy = builtDemo();

describe('A kext with nothing against it', () => {
  it('is loadable, loads, and may be loaded again', async () => {
    await using bundle = await copy();
    await bundle.install();
    const tested = await bundle.run('kextutil', '-nt', path);
    assert.deepEqual(linesOf(tested.stderr).slice(1), [
      `${path} appears to be loadable (including linkage for on-disk libraries).`,
    ]);
    for (const tool of ['kextload', 'kextload', 'kextutil'])
      assert.equal((await bundle.run(tool, path)).exitCode, 0, tool);
    assert.match((await bundle.run('kextstat', '-l', '-b', id)).stdout, new RegExp(` ${id} \\(`));
  });

  it('loads with a warning that is only a warning', async () => {
    await using bundle = await copy();
    await bundle.plist([/\t\t\t<key>IOMatchCategory<\/key>\n.*\n/, '']);
    await bundle.install();
    const { stderr, exitCode } = await bundle.run('kextutil', '-t', path);
    assert.match(stderr, /^Warnings: \n {4}Personality matches on IOResources but IOMatchCategory is missing/m);
    assert.equal(exitCode, 0);
    assert.deepEqual(parseKextload(stderr).notUnderstood, []);
  });

  it('belongs to root again when it is installed again, and its owner goes with it at a restart', async () => {
    await using bundle = await copy();
    await bundle.install();
    await bundle.run('chown', '-R', '501:20', path);
    assert.equal((await bundle.run('kextload', path)).exitCode, 71);
    await bundle.install();
    assert.equal((await bundle.run('kextload', path)).exitCode, 0);
    await bundle.run('chown', '-R', '501:20', path);
    await bundle.restart();
    await bundle.install();
    assert.equal((await bundle.run('kextload', path)).exitCode, 0);
  });
});

describe('A kext that links against another', () => {
  const otherPath = '/private/tmp/kext-dev/Other.kext';
  const otherId = 'org.sample.driver.Other';
  const identifier = /(<key>CFBundleIdentifier<\/key>\s*<string>)[^<]*/;
  const libraries: readonly (readonly [title: string, compatible: readonly PlistEdit[], says: string])[] = [
    ['that says to which versions it stands in', [added('OSBundleCompatibleVersion', '<string>0.9</string>')], ''],
    ['that is no library', [], `${otherPath} - dependency for ${id} lacks valid OSBundleCompatibleVersion.`],
    [
      'that has changed since',
      [added('OSBundleCompatibleVersion', '<string>1.0</string>')],
      `${otherPath} - no compatible dependency found for ${id}.`,
    ],
  ];
  for (const [title, edits, says] of libraries) {
    it(title, async () => {
      await using library = await copy();
      await library.plist(...edits);
      await library.install();
      assert.equal((await library.run('kextload', path)).exitCode, 0);
      await library.plist([identifier, `$1${otherId}`], needing(id, '0.9.5'));
      await library.install(otherPath);
      const { stderr, exitCode } = await library.run('kextutil', '-nt', otherPath);
      if (says === '') assert.equal(exitCode, 0, stderr);
      else assert.ok(linesOf(stderr).includes(says), stderr);
    });
  }

  it('that is not loaded', async () => {
    await using bundle = await copy();
    await bundle.plist(needing(otherId, '1.0'));
    await bundle.install();
    assert.ok((await bundle.run('kextload', path)).stderr.startsWith(`${path} - dependency '${otherId}' not found.\n`));
  });
});

describe('A kext that was built for a Mac', () => {
  it('passes every check and is loaded as data: listed with its UUID, its classes registered, nothing of it run', async () => {
    await using bundle = await copy();
    await bundle.plist(unmarked);
    await bundle.install();
    assert.equal((await bundle.run('kextutil', '-nt', path)).exitCode, 0);
    const { stderr, exitCode } = await bundle.run('kextload', path);
    assert.deepEqual([stderr, exitCode], ['', 0]);
    const { slices } = machOOf(await readFile(bundle.executable));
    const [row] = parseKextstat((await bundle.run('kextstat', '-l', '-b', id)).stdout).records;
    assert.equal(row?.uuid, slices[0]?.uuid);
    const classes = [names.driver, names.userClient, names.engine];
    const { stdout } = await bundle.run('ioclasscount', ...classes);
    assert.equal(stdout, `${classes.map(name => `${name} = 0`).join(', ')}\n`);
    assert.equal((await bundle.run('kextunload', '-b', id)).exitCode, 0);
    assert.match((await bundle.run('ioclasscount', names.driver)).stdout, /no such class/);
  });

  it('that says it was built for here, and brings no code that runs here, is refused', async () => {
    await using bundle = await copy();
    await rm(join(bundle.folder, 'Contents', 'Resources'), { recursive: true });
    await bundle.install();
    const { stderr, exitCode } = await bundle.run('kextload', path);
    assert.equal(
      linesOf(stderr)[0],
      `Simulated Mac: ${path} has no code that runs here: build it with SIMULATED_MAC set.`,
    );
    assert.equal(exitCode, 71);
    assert.deepEqual(parseKextload(stderr).notUnderstood, []);
  });
});

function machOOf(bytes: Uint8Array): MachOFile {
  const read = readMachO(bytes);
  return 'problem' in read ? assert.fail(read.problem) : read;
}

describe('What is no kext', () => {
  it('cannot be loaded: not found', async () => {
    await using bundle = await copy();
    const { stderr, exitCode } = await bundle.run('kextload', path);
    assert.match(stderr, /^\S+ failed to load - \(libkern\/kext\) not found; /);
    assert.equal(exitCode, 71);
    const tested = await bundle.run('kextutil', '-nt', path);
    assert.deepEqual([linesOf(tested.stderr)[1], tested.exitCode], [`Can't create ${path}.`, 1]);
  });
});
