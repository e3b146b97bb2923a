import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { causes } from '../../src/diagnosis/diagnosis.ts';
import { causePage } from '../../src/ui/problems/causePage.ts';
import { repositoryFolder } from '../support/repository.ts';

const folder = join(repositoryFolder, 'media', 'causes');
const names = (await readdir(folder)).toSorted();
const pages = await Promise.all(names.map(async name => [name, await readFile(join(folder, name), 'utf8')] as const));
const { contributes } = JSON.parse(await readFile(join(repositoryFolder, 'package.json'), 'utf8'));

describe('the pages that explain the causes of Problems', () => {
  it('are one for each cause, and none for anything else', () => {
    assert.deepEqual(names, causes.map(cause => basename(causePage(folder, cause))).toSorted());
  });

  it('link to each other alone, and to nothing that is not there', () => {
    for (const [name, text] of pages)
      for (const [, link = ''] of text.matchAll(/\]\(([^)]*)\)/g)) assert.ok(names.includes(link), `${name}: ${link}`);
  });

  it('have the name of the cause as their title, and say what happened, how that is known, what to do, and by which sources', () => {
    for (const [name, text] of pages) {
      assert.equal(text.split('\n')[0], `# ${name.replace(/\.md$/, '')}`);
      for (const part of ['**What happened.**', '**How Kext Dev knows.**', '**What to do.**', '\nSources: '])
        assert.ok(text.includes(part), `${name}: ${part}`);
    }
  });

  it('are short, and speak calmly', () => {
    for (const [name, text] of pages) {
      const lines = text.trimEnd().split('\n').length;
      assert.ok(lines >= 12 && lines <= 45, `${name}: ${lines} lines`);
      assert.doesNotMatch(text.replace(/```[\s\S]*?```/g, ''), /!/, name);
    }
  });

  it('are opened rendered, wherever the extension is installed', () => {
    const associations = contributes.configurationDefaults['workbench.editorAssociations'];
    assert.equal(associations['**/kext-dev.kext-dev-*/media/causes/*.md'], 'vscode.markdown.preview.editor');
  });
});
