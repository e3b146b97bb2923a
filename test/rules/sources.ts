import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { repositoryFolder } from '../support/repository.ts';

/** The text of every file of these kinds under a folder of the checkout, by its path with `/`; empty where the folder is not there. */
export async function readSources(folder: string, ...endings: readonly string[]): Promise<Map<string, string>> {
  const root = join(repositoryFolder, folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const paths = entries
    .filter(entry => entry.isFile() && endings.some(ending => entry.name.endsWith(ending)))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => !path.split(sep).includes('node_modules'))
    .toSorted();
  const texts = await Promise.all(paths.map(path => readFile(path, 'utf8')));
  return new Map(
    paths.map((path, index) => [relative(repositoryFolder, path).split(sep).join('/'), texts[index] ?? '']),
  );
}
