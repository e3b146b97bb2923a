import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { repositoryFolder } from '../support/repository.ts';
import { manifestWordsFile, wordsFile, writtenWords } from '../support/words.ts';
import { readSources } from './sources.ts';

const manifest = await readFile(join(repositoryFolder, 'package.json'), 'utf8');
const manifestWords = JSON.parse(await readFile(manifestWordsFile, 'utf8')) as Readonly<Record<string, string>>;

/** The names under which a manifest has words for a person. */
const spoken = new Set([
  'title',
  'displayName',
  'category',
  'description',
  'markdownDescription',
  'enumDescriptions',
  'patternErrorMessage',
  'label',
  'name',
  'contextualTitle',
  'contents',
]);

/** Every word for a person that stands in the manifest, with its path. */
function wordsIn(value: unknown, path: readonly string[]): readonly (readonly [string, string])[] {
  if (typeof value === 'string') {
    const named = path.findLast(part => Number.isNaN(Number(part))) ?? '';
    return spoken.has(named) ? [[path.join('.'), value]] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => wordsIn(part, [...path, name]));
}

/** What a text says itself, without its icons and what is set in. */
function withoutHoles(line: string): string {
  const less = line.replaceAll(/\$\{[^{}]*\}|\$\([\w~-]+\)/g, '');
  return less === line ? line : withoutHoles(less);
}

describe('what a person reads can be translated', () => {
  it('in the manifest: every word stands in package.nls.json, and nothing else does', () => {
    const { displayName, description, contributes, capabilities } = JSON.parse(manifest);
    const shown = wordsIn({ displayName, description, contributes, capabilities }, []).filter(
      // Names of matchers are how a task calls them.
      ([path]) => !/problemMatchers\.\d+\.name$/.test(path),
    );
    const keys = shown.map(([path, word]) => /^%(.+)%$/.exec(word)?.[1] ?? assert.fail(`${path} is "${word}"`));
    assert.ok(keys.length > 50, `${keys.length} words`);
    assert.deepEqual([...new Set(keys)].toSorted(), Object.keys(manifestWords).toSorted());
  });

  it('in the code: the words by which a translation finds them are written down (npm run l10n)', async () => {
    assert.equal(await readFile(wordsFile, 'utf8'), await writtenWords());
  });

  it('in the code: those of every file, in whatever folder it lies', async () => {
    const written = JSON.parse(await readFile(wordsFile, 'utf8')) as Readonly<Record<string, string>>;
    const said = [...(await readSources('src', '.ts'))].flatMap(([path, text]) =>
      [...text.matchAll(/\bl10n\.t\(\s*'([^'\\\n]+)'/g)].map(([, word = '']) => `${path}: ${word}`),
    );
    assert.ok(said.length > 200, `${said.length} words`);
    assert.deepEqual(
      said.filter(each => !Object.hasOwn(written, each.slice(each.indexOf(': ') + 2))),
      [],
    );
  });

  it('in the code: whatever is shown by VS Code goes through a translation', async () => {
    const shown =
      /(?:\b(?:show(?:Information|Warning|Error)Message|setStatusBarMessage|placeHolder:|placeholder =|prompt =|(?:title|label|description|detail|text):)|\.message =)\s*\(?\s*(?:'[^']*|`[^`]*)[a-z]{3}/;
    for (const [path, text] of await readSources('src/ui', '.ts'))
      for (const [at, line] of text.split('\n').entries())
        if (shown.test(withoutHoles(line)) && !/queue\.run\(|\bwork: /.test(line))
          assert.fail(`${path}:${at + 1}: ${line.trim()}`);
  });
});
