import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importsOf } from './imports.ts';
import { layerViolations } from './layerRule.ts';
import { readSources } from './sources.ts';

describe('the layers of src', () => {
  it('are kept by every import, also through others', async () => {
    assert.deepEqual(layerViolations(await readSources('src', '.ts')), []);
  });
});

describe('the rule', () => {
  const violations = (sources: Record<string, string>) => layerViolations(new Map(Object.entries(sources)));

  it('sees an import that the layer does not have', () => {
    assert.deepEqual(violations({ 'src/model/a.ts': `import { b } from '../tools/b.ts';`, 'src/tools/b.ts': '' }), [
      'src/model/a.ts imports src/tools/b.ts',
    ]);
  });

  it('sees what is reached at run time through others, and says how', () => {
    const sources = {
      'src/ui/a.ts': `import { b } from '../operations/b.ts';`,
      'src/operations/b.ts': `import { c } from '../tools/c.ts';`,
      'src/tools/c.ts': `import {\n  run,\n} from 'node:child_process';`,
    };
    assert.deepEqual(violations(sources), [
      'src/ui/a.ts → src/operations/b.ts → src/tools/c.ts → node:child_process',
      'src/tools/c.ts imports node:child_process',
      'src/tools/c.ts → node:child_process',
    ]);
  });

  it('lets types through where only types are allowed', () => {
    const tools = { 'src/tools/b.ts': '' };
    assert.deepEqual(violations({ 'src/ui/a.ts': `import type { B } from '../tools/b.ts';`, ...tools }), []);
    assert.equal(violations({ 'src/ui/a.ts': `import { type B } from '../tools/b.ts';`, ...tools }).length, 1);
  });

  it('sees vscode outside ui, execa outside the process runner, and an import of a composition root', () => {
    assert.equal(violations({ 'src/operations/a.ts': `import * as vscode from 'vscode';` }).length, 2);
    assert.equal(violations({ 'src/targets/a.ts': `import { execa } from 'execa';` }).length, 1);
    assert.equal(violations({ 'src/targets/processRunner.ts': `import { execa } from 'execa';` }).length, 0);
    assert.equal(
      violations({ 'src/ui/a.ts': `export { activate } from '../extension.ts';`, 'src/extension.ts': '' }).length,
      1,
    );
  });

  it('lets a root import its parts, and nobody else', () => {
    const part = { 'src/openKext.ts': '' };
    assert.deepEqual(violations({ 'src/cli.ts': `import { openKext } from './openKext.ts';`, ...part }), []);
    assert.equal(violations({ 'src/terminal/a.ts': `import { openKext } from '../openKext.ts';`, ...part }).length, 1);
  });

  it('lets vscode be named by ui and by its composition root, and by nothing else, not even for its types', () => {
    const named = `import type { Memento } from 'vscode';`;
    for (const file of ['src/extension.ts', 'src/ui/a.ts']) assert.deepEqual(violations({ [file]: named }), [], file);
    for (const file of ['src/cli.ts', 'src/editorWorld.ts', 'src/openKext.ts', 'src/operations/a.ts', 'src/model/a.ts'])
      assert.deepEqual(violations({ [file]: named }), [`${file} imports vscode`], file);
  });

  it('sees a folder that is in no layer', () => {
    assert.deepEqual(violations({ 'src/utils/a.ts': '' }), ['src/utils/a.ts is in no layer']);
  });

  it('finds every way to import, and none in a comment', () => {
    const text = `// import 'a';
      /* export * from 'b'; */
      import 'c';
      import type { D } from 'd';
      export * from './e.ts';
      const f = await import('f');
      const g = await import(name);`;
    assert.deepEqual(importsOf('src/x/y.ts', text), [
      { of: 'c', typeOnly: false },
      { of: 'd', typeOnly: true },
      { of: 'src/x/e.ts', typeOnly: false },
      { of: 'f', typeOnly: false, lazy: true },
      { of: 'a module named at run time', typeOnly: false },
    ]);
  });
});
