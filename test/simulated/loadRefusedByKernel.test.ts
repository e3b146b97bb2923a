import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseKextload } from '../../src/tools/kextload.ts';
import { builtDemo, describeRefusals, id, linesOf, needing, path, type Refused, summary } from './loadSubject.ts';
import { byLibraries, byLinker } from './refusedByKernel.ts';

const copy = builtDemo();
describeRefusals('A library', byLibraries, copy);
describeRefusals('The kernel’s linker refuses', byLinker, copy);

describe('A library that is not declared', () => {
  it('leaves its symbols unresolved, and only these', async () => {
    await using bundle = await copy();
    await bundle.plist([/\t\t<key>com\.apple\.kpi\.iokit<\/key>\n.*\n/, '']);
    await bundle.install();
    const { records, notUnderstood } = parseKextload((await bundle.run('kextload', path)).stderr);
    const symbols = records.flatMap(record => (record.kind === 'linkerItem' ? [record.item] : []));
    assert.ok(symbols.includes('_IOLockAlloc') && symbols.includes('__ZTV9IOService'), symbols.join());
    assert.deepEqual(
      symbols.filter(symbol => !/^_(_ZT?[NV]K?\d+)?IO/.test(symbol)),
      [],
    );
    assert.deepEqual(notUnderstood, []);
  });

  it('is said to be not checked where a library is declared whose exports nobody knows, and never refused', async () => {
    await using bundle = await copy();
    await bundle.plist(needing('com.apple.iokit.IOPCIFamily', '1.0'));
    await bundle.rename('_IOLockAlloc', '_IOLockAllok');
    await bundle.install();
    const { stderr, exitCode } = await bundle.run('kextload', path);
    const told = `Simulated Mac: 1 symbol of ${path} not checked: com.apple.iokit.IOPCIFamily may export it.`;
    assert.deepEqual([linesOf(stderr), exitCode], [[told], 0]);
    assert.deepEqual(parseKextload(stderr).notUnderstood, []);
  });
});

describe('Another build of a kext that is loaded', () => {
  const others: readonly (readonly [difference: string, change: Refused['break']])[] = [
    ['version', bundle => bundle.plist([/(<key>CFBundleVersion<\/key>\s*<string>)[^<]*/, '$11.2.3'])],
    ['UUID', bundle => bundle.bytes(bytes => anotherUuid(bytes))],
  ];
  for (const [difference, change] of others) {
    it(`by its ${difference}: refused, and the first one stays`, async () => {
      await using bundle = await copy();
      await bundle.install();
      assert.equal((await bundle.run('kextload', path)).exitCode, 0);
      const before = (await bundle.run('kextstat', '-l', '-b', id)).stdout;
      await change(bundle);
      await bundle.install();
      const { stderr, exitCode } = await bundle.run('kextload', path);
      assert.deepEqual(linesOf(stderr), [
        `Can't load ${path} - a different ${difference} is already loaded.`,
        summary('different'),
      ]);
      assert.equal(exitCode, 71);
      assert.equal((await bundle.run('kextstat', '-l', '-b', id)).stdout, before);
    });
  }
});

/** LC_UUID is command 0x1b of 24 bytes. */
function anotherUuid(bytes: Buffer): undefined {
  const at = bytes.indexOf(Buffer.from([0x1b, 0, 0, 0, 24, 0, 0, 0]));
  assert.ok(at > 0);
  bytes.writeInt32LE(bytes.readInt32LE(at + 8) ^ 1, at + 8);
}
