import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from './repository.ts';

const folder = join(repositoryFolder, 'dist', 'extension');

/** A line of a built file that has another one read with it. */
const importOf = /(?:from|import)"\.\/([\w-]+\.mjs)"/g;

/** What VS Code reads to activate the built extension: its main file and all that is read with it, by name. What waits for an `import(…)` is not. */
export async function activationFiles(): Promise<ReadonlyMap<string, string>> {
  const names = new Set(['extension.mjs']);
  const texts = new Map<string, string>();
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    texts.set(name, text);
    for (const [, other = ''] of text.matchAll(importOf)) names.add(other);
  }
  return texts;
}

/** How many bytes that is. */
export async function activationBytes(): Promise<number> {
  return Buffer.byteLength([...(await activationFiles()).values()].join(''));
}
