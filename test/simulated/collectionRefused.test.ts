import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readInfoPlist } from '../../src/bundle/infoPlist.ts';
import { parsePropertyList } from '../../src/bundle/propertyList.ts';
import { refusedLoad } from '../../src/diagnosis/refusedLoad.ts';
import { simulatedMacChoice } from '../../src/targets/simulatedScenarios.ts';
import { kextload, type LoadAnswer, parseKextload } from '../../src/tools/kextload.ts';
import { parseKextstat } from '../../src/tools/kextstat.ts';
import type { BrokenBundle } from './brokenBundle.ts';
import { builtDemo, id, names, needing, notValid, type Refused, unmarked } from './loadSubject.ts';
import { byExecutable, byInfoPlist, byOwner } from './refusedBundles.ts';
import { byLibraries, byLinker } from './refusedByKernel.ts';

/** The answer of the product's own call, every line of which is understood, and what the tool wrote behind the shim's line. */
async function load(bundle: BrokenBundle, path = bundle.path): Promise<LoadAnswer & { readonly wrote: string }> {
  const output = await bundle.run('kextload', path);
  const answer = kextload(path).parse(output);
  assert.deepEqual(answer.said.notUnderstood, []);
  const notice = `Executing: /usr/bin/kmutil load -p ${path}`;
  assert.deepEqual(answer.said.notices, [notice]);
  assert.equal(output.stdout, '');
  return { ...answer, wrote: output.stderr.replace(`${notice}\n`, '') };
}

/** The one error that was written: its number and its description, which stands there twice. */
function errorOf({ wrote, said: { records } }: Awaited<ReturnType<typeof load>>) {
  const [error, ...more] = records;
  assert.ok(error?.kind === 'kmutilError' && more.length === 0, JSON.stringify(records));
  const [, number, description = ''] = /^Error Domain=KMErrorDomain Code=(\d+) "([\s\S]*)" UserInfo=/.exec(wrote) ?? [];
  const whole = `Error Domain=KMErrorDomain Code=${number} "${description}" UserInfo={NSLocalizedDescription=${description}}\n`;
  assert.equal(wrote, whole);
  return { number: Number(number), description };
}

/** What the product makes of a refusal, on the Info.plist of the bundle. */
async function diagnosed(bundle: BrokenBundle, answer: LoadAnswer, called: string) {
  const file = join(bundle.folder, 'Contents', 'Info.plist');
  const list = parsePropertyList(await readFile(file, 'utf8'), file);
  assert.ok(!('problem' in list));
  const { libraries, librariesPosition, libraryPositions } = readInfoPlist(list, { codeExpected: false });
  const identifierPosition = { file, line: 1, column: 1 };
  return refusedLoad(
    { bundleIdentifier: id, target: called, identifierPosition },
    {
      said: answer.said.records,
      path: bundle.path,
      libraries,
      libraryPosition: name => (name === undefined ? librariesPosition : libraryPositions.get(name)),
      declarationOf: () => undefined,
    },
  );
}

for (const scenario of ['macos-13', 'macos-15'] as const) {
  const called = `the ${simulatedMacChoice(scenario).name}`;

  describe(`On ${scenario} kmutil refuses`, () => {
    const copy = builtDemo(scenario);
    const tables: readonly (readonly [subject: string, table: readonly Refused[]])[] = [
      ['an Info.plist', byInfoPlist],
      ['an executable', byExecutable],
      ['files', byOwner],
      ['a library', byLibraries],
      ['for what does not link,', byLinker],
    ];
    for (const [subject, table] of tables)
      for (const refused of table) {
        it(`${subject} ${refused.title}`, async () => {
          await using bundle = await copy();
          await refused.break(bundle);
          await bundle.install();
          await refused.installed?.(bundle);
          const answer = await load(bundle);
          const { number, says, told } = refused.collected;
          const { number: named, description } = errorOf(answer);
          assert.deepEqual([answer.outcome, answer.exitCode, named], ['loadFailed', number, number]);
          const expected = says(bundle);
          if (typeof expected === 'string') assert.equal(description, expected);
          else assert.match(description, expected);
          const [first, ...more] = await diagnosed(bundle, answer, called);
          assert.match(first?.message ?? 'no diagnosis', told);
          assert.deepEqual(more, []);
          assert.ok(first?.anchor !== undefined && first.remedy !== '');
          const evidence = first.evidence.map(({ text }) => text);
          assert.ok(evidence.length > 0 && evidence.every(text => description.includes(text)), evidence.join('\n'));
        });
      }

    it('a folder from which it takes none', async () => {
      await using bundle = await copy();
      const path = `/private/tmp/kext-dev/${names.executable}.kext`;
      await bundle.install(path);
      const answer = await load(bundle, path);
      const { number, description } = errorOf(answer);
      assert.equal(number, 30);
      const [head, blank, problem, ...folders] = description.split('\n');
      assert.equal(`${head}\n${blank}\n`, notValid(bundle, [], {}).replace(bundle.path, path));
      const where = `Filesystem error: Invalid directory for executable kext bundle ${id} at ${path}. Should appear in one of:`;
      assert.equal(problem, where);
      assert.ok(folders.includes('\t/Library/Extensions') && folders.every(folder => folder.startsWith('\t/')));
    });

    it('a bundle that is not there, and a library’s symbols that are not declared', async () => {
      await using bundle = await copy();
      const nowhere = await load(bundle);
      assert.equal(nowhere.outcome, 'notFound');
      assert.equal(errorOf(nowhere).description, `Could not find: No bundle was found at ${bundle.path}.`);
      await bundle.plist([/\t\t<key>com\.apple\.kpi\.iokit<\/key>\n.*\n/, '']);
      await bundle.install();
      const [found] = await diagnosed(bundle, await load(bundle), called);
      assert.match(found?.message ?? '', /symbols of \S+ are in none of its libraries: _IOLockAlloc, /);
      assert.equal(found?.remedy, 'Add com.apple.kpi.iokit to OSBundleLibraries.');
    });

    it('nothing of a library whose exports nobody knows', async () => {
      await using bundle = await copy();
      await bundle.plist(needing('com.apple.iokit.IOPCIFamily', '1.0'));
      await bundle.rename('_IOLockAlloc', '_IOLockAllok');
      await bundle.install();
      assert.equal((await load(bundle)).outcome, 'needsApproval');
    });
  });

  describe(`On ${scenario} a kext with nothing against it`, () => {
    const copy = builtDemo(scenario);

    it('is silently loaded once it is approved and was started, as often as one likes', async () => {
      await using bundle = await copy();
      await bundle.install();
      assert.equal((await load(bundle)).outcome, 'needsApproval');
      await bundle.approve();
      assert.equal((await load(bundle)).outcome, 'needsRestart');
      await bundle.restart();
      for (let times = 0; times < 2; times += 1) {
        const { outcome, said, exitCode } = await load(bundle);
        assert.deepEqual([outcome, said.records, exitCode], ['loaded', [], 0]);
      }
    });

    const others: readonly (readonly [difference: string, change: Refused['break']])[] = [
      ['version', bundle => bundle.plist([/(<key>CFBundleVersion<\/key>\s*<string>)[^<]*/, '$11.2.3'])],
      ['UUID', bundle => bundle.bytes(anotherUuid)],
    ];
    for (const [difference, change] of others) {
      it(`and another ${difference} than the one that runs is not refused: it waits, and the first one runs on`, async () => {
        await using bundle = await copy();
        await bundle.install();
        await load(bundle);
        await bundle.approve();
        await bundle.restart();
        const row = (await bundle.run('kextstat', '-l', '-b', id)).stdout;
        await change(bundle);
        await bundle.install();
        assert.equal((await load(bundle)).outcome, 'needsApproval');
        assert.equal((await bundle.run('kextstat', '-l', '-b', id)).stdout, row);
      });
    }

    it('that was built for a Mac is approved and restarted like any, and loaded as data', async () => {
      await using bundle = await copy();
      await bundle.plist(unmarked);
      await bundle.install();
      assert.equal((await load(bundle)).outcome, 'needsApproval');
      await bundle.approve();
      await bundle.restart();
      assert.equal((await load(bundle)).outcome, 'loaded');
      const [row] = parseKextstat((await bundle.run('kextstat', '-l', '-b', id)).stdout).records;
      assert.equal(row?.bundleIdentifier, id);
      assert.equal((await bundle.run('ioclasscount', names.driver)).stdout, `${names.driver} = 0\n`);
    });
  });
}

describe('What kmutil says of other vendors’ kexts', () => {
  it('is told as what keeps this one out', async () => {
    const copied = "Could not use 'org.vendor.Base' because: cannot be placed in kernel collection";
    const text = `Error Domain=KMErrorDomain Code=31 "Error occurred while building a collection:\n  ${copied}\n  because: kexts must have a _kmod_info symbol"`;
    const found = refusedLoad(
      { bundleIdentifier: id, target: 'test-mac', identifierPosition: undefined },
      {
        said: parseKextload(text).records,
        path: '/Library/Extensions/X.kext',
        libraries: new Map(),
        libraryPosition: () => undefined,
        declarationOf: () => undefined,
      },
    );
    assert.deepEqual(
      found.map(({ message }) => message),
      [
        `org.vendor.Base keeps ${id} out: the kext collection is built for all kexts of test-mac or for none, and org.vendor.Base does not link.`,
      ],
    );
  });
});

/** LC_UUID is command 0x1b of 24 bytes. */
function anotherUuid(bytes: Buffer): undefined {
  const at = bytes.indexOf(Buffer.from([0x1b, 0, 0, 0, 24, 0, 0, 0]));
  assert.ok(at > 0);
  bytes.writeInt32LE(bytes.readInt32LE(at + 8) ^ 1, at + 8);
}
