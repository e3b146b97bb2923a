import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from './repository.ts';
import { manifestWordsFile } from './words.ts';

/** package.json as VS Code shows it to somebody who reads English: with the words of package.nls.json. */
export async function readManifest<M>(): Promise<M> {
  const words = JSON.parse(await readFile(manifestWordsFile, 'utf8')) as Readonly<Record<string, string>>;
  const text = await readFile(join(repositoryFolder, 'package.json'), 'utf8');
  return JSON.parse(text, (_, value: unknown) => {
    const key = typeof value === 'string' ? /^%(.+)%$/.exec(value)?.[1] : undefined;
    return key === undefined ? value : (words[key] ?? value);
  }) as M;
}
