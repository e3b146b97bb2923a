import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { everyEntry, type RegistryEntry } from '../../../src/model/registryEntry.ts';
import { parseIoclasscount } from '../../../src/tools/ioclasscount.ts';
import { parseIoregTree } from '../../../src/tools/ioreg.ts';
import { parseKextstat } from '../../../src/tools/kextstat.ts';
import { parsers } from '../../../src/tools/parsers.ts';
import { capturesReadPrefix, capturesText } from '../../support/results.ts';
import { allCaptures } from './captures.ts';

/** How many lines of a capture no tool wrote: people cut columns out, wrote between the lines, ran wrapper scripts. */
const foreignLines: Readonly<Record<string, number>> = {
  'kextstat-shim-13-arm64-cut-columns.txt': 17,
  'kextload-not-loadable-space-path-xbinary.txt': 1,
  'ioreg-w0-l-p-IODeviceTree-10.6-wrapped.txt': 2,
};

/** Captures of a tool that had nothing to say, or of which nothing is left that a record could be made of. */
const silent = new Set([
  'kextload-shim-11-success-silent.txt',
  'kextload-shim-silent.txt',
  'kextstat-shim-13-arm64-cut-columns.txt',
]);

const captures = allCaptures();
const named = (start: string) => captures.find(({ name }) => name.startsWith(start))?.text;

describe('captures of every parsed tool', () => {
  it('are read from the project, and from the corpus where it is present', t => {
    const counts = new Map<string, number>();
    for (const { origin, seen } of captures) {
      const from = origin === 'captures' ? `${seen} here` : `${origin} in shared/corpus`;
      counts.set(from, (counts.get(from) ?? 0) + 1);
    }
    t.diagnostic(`${capturesReadPrefix}${capturesText(Object.fromEntries(counts))}`);
    assert.ok((counts.get('rebuilt here') ?? 0) >= 25);
  });

  it('say what they are: tool, system, call, ending, stream, origin; one that was written anew also what it follows', async () => {
    const folder = join(import.meta.dirname, '../../captures');
    for (const name of await readdir(folder)) {
      const [head = ''] = (await readFile(join(folder, name), 'utf8')).split('\n', 1);
      const { origin, follows, ...told } = JSON.parse(head.replace(/^# /, '')) as Readonly<Record<string, unknown>>;
      for (const key of ['tool', 'macos', 'argv', 'exitCode', 'stream']) assert.ok(key in told, `${name}: ${key}`);
      assert.ok(origin === 'rebuilt' || origin === 'recorded', `${name}: ${origin}`);
      if (origin === 'rebuilt')
        assert.match(String(follows), /^(FORMATS|FAILURES|SEMANTICS|\w+\(\d\)|[\w./-]+\.(?:c|cpp|h))/, name);
    }
  });

  for (const { name, origin, tool, text } of captures) {
    it(`${origin}/${name}: every line of ${tool} is understood`, () => {
      const { records, notUnderstood } = parsers[tool]?.(text) ?? assert.fail();
      assert.equal(notUnderstood.length, foreignLines[name] ?? 0, JSON.stringify(notUnderstood.slice(0, 3)));
      assert.equal(records.length > 0, !silent.has(name));
    });
  }

  it('a kext list agrees with itself: what a row links against is in the list', t => {
    const text = named('kextstat-full');
    if (text === undefined) return t.diagnostic('the corpus is not present');
    const kexts = parseKextstat(text).records;
    const indexes = new Set(kexts.map(({ index }) => index));
    assert.equal(kexts.length, text.trim().split('\n').length - 1);
    assert.equal(indexes.size, kexts.length);
    for (const { linkedAgainst, bundleIdentifier } of kexts) {
      assert.equal(linkedAgainst === undefined, bundleIdentifier.startsWith('com.apple.kpi.'));
      for (const index of linkedAgainst ?? []) assert.ok(indexes.has(index), `${bundleIdentifier} -> ${index}`);
    }
  });

  it('ioclasscount says what the same machine’s registry says', t => {
    const counts = named('ioclasscount-plain');
    const tree = named('ioreg-l-i');
    if (counts === undefined || tree === undefined) return t.diagnostic('the corpus is not present');
    const [root] = parseIoregTree(tree).records;
    const diagnostics = dictionary(root?.properties.get('IOKitDiagnostics'));
    const classes = dictionary(diagnostics?.get('Classes'));
    const printed = parseIoclasscount(counts).records.map(({ name, instances }) => [name, BigInt(instances ?? -1)]);
    assert.deepEqual(new Map(printed as [string, bigint][]), new Map(classes));
  });

  it('a whole tree keeps every object, its class and its depth', t => {
    const text = named('ioreg-tree-12');
    if (text === undefined) return t.diagnostic('the corpus is not present');
    const { records } = parseIoregTree(text);
    const nodes = text.split('\n').filter(line => line.includes('+-o '));
    const entries = [...preorder(records, 0)];
    assert.equal(entries.length, nodes.length);
    for (const [index, [entry, depth]] of entries.entries()) {
      assert.equal(nodes[index]?.indexOf('+-o '), depth * 2);
      assert.ok(nodes[index]?.includes(`<class ${entry.className}, id 0x${entry.id?.toString(16)},`));
      assert.ok(
        nodes[index]?.includes(`+-o ${entry.name}${entry.location === undefined ? '' : `@${entry.location}`}  <`),
      );
    }
    assert.equal([...everyEntry(records)].length, new Set(entries.map(([{ id }]) => id)).size);
  });
});

function* preorder(entries: readonly RegistryEntry[], depth: number): Generator<readonly [RegistryEntry, number]> {
  for (const entry of entries) {
    yield [entry, depth];
    yield* preorder(entry.children, depth + 1);
  }
}

function dictionary(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return (value as { dictionary?: ReadonlyMap<string, unknown> } | undefined)?.dictionary;
}
