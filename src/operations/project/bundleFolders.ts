import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** How deep below the project's folder a product is looked for, and in how many folders. */
const deepest = 5;
const mostFolders = 5000;

/** Stands beside each bundle that was put on a shelf: nothing there is a product. */
export const factsFile = 'kext-dev-reload.json';

/** The kext bundles below a folder, links followed. Plug-ins within a bundle stand behind the bundles that lie by themselves. */
export async function bundleFolders(folder: string): Promise<readonly string[]> {
  const search = new Search(await realpath(folder).catch(() => folder));
  await search.look(folder, search.top, 0);
  search.bundles.sort();
  await search.followLinks();
  const alone = search.bundles;
  const names = new Set(alone.map(nameOf));
  const within = await Promise.all(alone.map(plugIns));
  return [...alone, ...within.flat().filter(bundle => !names.has(nameOf(bundle)))];
}

/** Each folder is looked at once, by its own name where it lies below the top, whatever links lead to it. */
class Search {
  /** The folder that is searched, without links, as all paths that are called real. */
  readonly top: string;
  readonly bundles: string[] = [];
  readonly #seen = new Set<string>();
  readonly #links: { readonly path: string; readonly depth: number }[] = [];

  constructor(top: string) {
    this.top = top;
  }

  async look(folder: string, real: string, depth: number): Promise<void> {
    if (this.#seen.has(real) || this.#seen.size >= mostFolders) return;
    this.#seen.add(real);
    const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
    if (entries.some(({ name }) => name === factsFile)) return;
    const below: Promise<void>[] = [];
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isSymbolicLink()) this.#links.push({ path, depth });
      else if (entry.isDirectory()) below.push(this.#take(path, join(real, entry.name), depth));
    }
    await Promise.all(below);
  }

  /** Links that lead up lead round. */
  async followLinks(): Promise<void> {
    for (const { path, depth } of this.#links) {
      const real = await folderBehind(path);
      if (real !== undefined && !`${this.top}${sep}`.startsWith(`${real}${sep}`)) await this.#take(path, real, depth);
    }
  }

  async #take(path: string, real: string, depth: number): Promise<void> {
    const name = nameOf(path);
    if (name.endsWith('.kext')) {
      if (!this.#seen.has(real)) this.bundles.push(path);
      this.#seen.add(real);
    } else if (depth < deepest && !/\.dSYM$|^(\.|node_modules$)/.test(name)) await this.look(path, real, depth + 1);
  }
}

/** undefined where the link leads to no folder. */
async function folderBehind(link: string): Promise<string | undefined> {
  try {
    return (await stat(link)).isDirectory() ? await realpath(link) : undefined;
  } catch {
    return undefined;
  }
}

async function plugIns(bundle: string): Promise<readonly string[]> {
  const folder = join(bundle, 'Contents', 'PlugIns');
  const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.kext'));
  return names.map(name => join(folder, name));
}

function nameOf(bundle: string): string {
  return bundle.slice(bundle.lastIndexOf('/') + 1);
}
