import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activationBytes, activationFiles } from '../support/activationFiles.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { importsOf } from './imports.ts';
import { readSources } from './sources.ts';

/** Packages that a window may load before anything is asked of the extension. */
const light = ['vscode', '@vscode/l10n'];

/** Bytes of code. */
const most = 118_000;

/** The packages that are loaded with `file`, each with a chain of imports that loads it. */
function loadedWith(file: string, sources: ReadonlyMap<string, string>): string[] {
  const chains = new Map([[file, file]]);
  for (const [reached, chain] of chains)
    for (const { of, typeOnly, lazy } of importsOf(reached, sources.get(reached) ?? ''))
      if (!typeOnly && !lazy && !chains.has(of)) chains.set(of, `${chain} → ${of}`);
  return [...chains].filter(([of]) => !of.startsWith('src/') && !of.startsWith('node:')).map(([, chain]) => chain);
}

describe('the activation', () => {
  it(`reads no more than ${most.toLocaleString('en')} bytes, in three files: what it does not need waits`, async () => {
    await buildWhenStale();
    const files = await activationFiles();
    const code = [...files.values()].join('');
    // All that is there at once is among them, and nothing that a command does.
    assert.deepEqual([/createTreeView\(/.test(code), /createStatusBarItem\(/.test(code)], [true, true]);
    assert.doesNotMatch(code, /showQuickPick\(/);
    assert.ok((await activationBytes()) <= most, `${await activationBytes()} bytes`);
    assert.ok(files.size <= 3, [...files.keys()].join());
  });

  it('loads no package that reads or starts something: those wait until they are needed', async () => {
    const loaded = loadedWith('src/extension.ts', await readSources('src', '.ts'));
    assert.ok(loaded.length > 0);
    assert.deepEqual(
      loaded.filter(chain => !light.some(name => chain.endsWith(` → ${name}`))),
      [],
    );
  });

  it('is seen to load what stands behind any import but a lazy one', () => {
    const sources = new Map([
      ['src/extension.ts', `import { a } from './a.ts'; const b = await import('./b.ts');`],
      ['src/a.ts', `import { x } from 'xml';`],
      ['src/b.ts', `import { y } from 'heavy';`],
    ]);
    assert.deepEqual(loadedWith('src/extension.ts', sources), ['src/extension.ts → src/a.ts → xml']);
  });
});
