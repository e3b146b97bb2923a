import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How deep below the project's folder a product is looked for. */
const deepest = 5;

/** Stands beside each bundle that was put on a shelf: nothing there is a product. */
export const factsFile = 'kext-dev-reload.json';

/** The kext bundles below a folder. Plug-ins within a bundle stand behind the bundles that lie by themselves. */
export async function bundleFolders(folder: string): Promise<readonly string[]> {
  const alone = await bundlesIn(folder, 0);
  const names = new Set(alone.map(nameOf));
  const within = await Promise.all(alone.map(plugIns));
  return [...alone, ...within.flat().filter(bundle => !names.has(nameOf(bundle)))];
}

async function bundlesIn(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.some(({ name }) => name === factsFile)) return [];
  const folders = entries.filter(entry => entry.isDirectory());
  const bundles = folders.filter(({ name }) => name.endsWith('.kext')).map(({ name }) => join(folder, name));
  if (depth === deepest) return bundles;
  const below = folders.filter(({ name }) => !/\.(kext|dSYM)$|^(\.|node_modules$)/.test(name));
  const deeper = await Promise.all(below.map(({ name }) => bundlesIn(join(folder, name), depth + 1)));
  return [...bundles, ...deeper.flat()];
}

async function plugIns(bundle: string): Promise<readonly string[]> {
  const folder = join(bundle, 'Contents', 'PlugIns');
  const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.kext'));
  return names.map(name => join(folder, name));
}

function nameOf(bundle: string): string {
  return bundle.slice(bundle.lastIndexOf('/') + 1);
}
