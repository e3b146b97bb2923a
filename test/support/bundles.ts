import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, parse } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { readTogether } from './readTogether.ts';
import { repositoryFolder } from './repository.ts';
import { CannotGoOn } from './runScript.ts';

interface Bundle {
  readonly source: string;
  readonly product: string;
  readonly executable: boolean;
  readonly options: BuildOptions;
}

const extensionSource = 'src/extension.ts';

const shared: BuildOptions = {
  absWorkingDir: repositoryFolder,
  bundle: true,
  platform: 'node',
  target: 'node22',
  // What is smaller is read sooner; names stay, for the lines of an error.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'silent',
  write: false,
};

/** A bundled package that is CommonJS may still call `require` for a module of Node's. */
const requireForModules = `import { createRequire as requireOf } from 'node:module';const require = requireOf(import.meta.url);`;

const extension: Bundle = {
  source: extensionSource,
  product: 'dist/extension/extension.mjs',
  executable: false,
  options: {
    format: 'esm',
    // What an activation does not need is a file of its own, read when it is needed.
    splitting: true,
    chunkNames: 'part-[hash]',
    external: ['vscode'],
    plugins: [readTogether([extensionSource, 'src/ui/session/looks.ts'])],
    banner: { js: requireForModules },
  },
};

const bundles: readonly Bundle[] = [
  extension,
  {
    source: 'src/cli.ts',
    product: 'dist/cli.mjs',
    executable: true,
    options: { format: 'esm', banner: { js: `#!/usr/bin/env node\n${requireForModules}` } },
  },
];

/** Bundles the extension and the terminal's program into dist. The products are replaced whole, so a running test never reads half of one. */
export async function buildBundles(): Promise<void> {
  await Promise.all(bundles.map(bundle => buildOne(bundle)));
}

/** Bundles the extension anew where it is installed, as one that takes this machine for a Mac. Nothing else of it changes. */
export async function takeForMac(installedExtension: string): Promise<void> {
  await buildOne(extension, installedExtension, { 'process.platform': '"darwin"' });
}

/** Bundles again only where a source is younger than a product. */
export async function buildWhenStale(): Promise<void> {
  const products = await Promise.all(bundles.map(bundle => modifiedAt(join(repositoryFolder, bundle.product))));
  if ((await youngestSource()) > Math.min(...products)) await buildBundles();
}

async function buildOne(
  { source, product, executable, options }: Bundle,
  into = repositoryFolder,
  define: Readonly<Record<string, string>> = {},
): Promise<void> {
  const folder = join(into, dirname(product));
  const { ext: extension, name } = parse(product);
  const names = { outdir: folder, entryNames: name, outExtension: { '.js': extension } };
  const result = await build({ ...shared, ...names, ...options, define, entryPoints: [source] }).catch(error => {
    throw new CannotGoOn(String(error instanceof Error ? error.message : error));
  });
  const files = result.outputFiles ?? [];
  await mkdir(folder, { recursive: true });
  for (const { path, contents } of files) {
    const temporary = `${path}.${process.pid}`;
    await writeFile(temporary, contents);
    if (executable) await chmod(temporary, 0o755);
    await rename(temporary, path);
  }
  if (options.splitting) await removeOthers(folder, new Set(files.map(({ path }) => basename(path))));
}

/** Parts of an earlier bundle, which nothing imports any more. */
async function removeOthers(folder: string, names: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) if (/\.mjs$/.test(name) && !names.has(name)) await rm(join(folder, name));
}

async function youngestSource(): Promise<number> {
  const folder = join(repositoryFolder, 'src');
  const sources = (await readdir(folder, { recursive: true })).map(name => join(folder, name));
  const inputs = [...sources, join(repositoryFolder, 'package.json'), join(repositoryFolder, 'package-lock.json')];
  return Math.max(...(await Promise.all(inputs.map(modifiedAt))));
}

/** Milliseconds; 0 for what is not there. */
async function modifiedAt(path: string): Promise<number> {
  return stat(path).then(
    facts => facts.mtimeMs,
    () => 0,
  );
}
