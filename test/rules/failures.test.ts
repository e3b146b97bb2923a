import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { catalogue } from '../../src/diagnosis/catalogue/catalogue.ts';
import { pageOf } from '../../src/diagnosis/catalogue/cataloguePage.ts';
import { failurePages, failuresFolder } from '../support/failurePages.ts';
import { readManifest } from '../support/manifest.ts';
import { repositoryFolder } from '../support/repository.ts';

const pages = failurePages();

describe('the pages of the failure catalogue', () => {
  it('are those that the catalogue makes (npm run catalogue)', async () => {
    assert.deepEqual((await readdir(failuresFolder)).toSorted(), [...pages.keys()].toSorted());
    for (const [name, text] of pages) assert.equal(await readFile(join(failuresFolder, name), 'utf8'), text, name);
  });

  it('have a heading for each row, once, to which its link leads', () => {
    for (const { id } of catalogue) {
      const { file, anchor } = pageOf(id);
      const text = pages.get(file.replace('media/failures/', '')) ?? assert.fail(file);
      const headings = text.split('\n').filter(line => line.startsWith('## '));
      // As VS Code's Markdown and GitHub make a link of a heading.
      const links = headings.map(heading =>
        heading
          .slice(3)
          .toLowerCase()
          .replaceAll(/[^\w -]/g, ''),
      );
      assert.equal(links.filter(link => link === anchor).length, 1, id);
    }
  });

  it('link to nothing that is not there', () => {
    for (const [name, text] of pages)
      for (const [, link = ''] of text.matchAll(/\]\(([^)]*)\)/g))
        assert.ok(existsSync(join(failuresFolder, link)), `${name}: ${link}`);
  });

  it('are opened rendered, wherever the extension is installed', async () => {
    const { contributes } = await readManifest<{
      contributes: { configurationDefaults: Record<string, Record<string, string>> };
    }>();
    const associations = contributes.configurationDefaults['workbench.editorAssociations'] ?? {};
    assert.equal(associations['**/kext-dev.kext-dev-*/media/failures/*.md'], 'vscode.markdown.preview.editor');
    assert.ok(existsSync(join(repositoryFolder, 'media', 'failures')));
  });
});
