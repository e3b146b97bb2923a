import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { repositoryFolder } from './repository.ts';

/** The words of the code in English, by which a translation finds them. */
export const wordsFile = join(repositoryFolder, 'media', 'l10n', 'bundle.l10n.json');

/** The words of the manifest in English. */
export const manifestWordsFile = join(repositoryFolder, 'package.nls.json');

/** What the sources say by `t()`, sorted, as it stands in the file of the words. */
export async function writtenWords(): Promise<string> {
  const folder = join(repositoryFolder, 'src', 'ui');
  const names = (await readdir(folder, { recursive: true })).filter(name => name.endsWith('.ts'));
  const files = await Promise.all(
    names.map(async name => ({ contents: await readFile(join(folder, name), 'utf8'), extension: '.ts' })),
  );
  const words = Object.entries(await getL10nJson(files)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(words), undefined, 2)}\n`;
}
