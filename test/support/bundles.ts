import { chmod, mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { repositoryFolder } from './repository.ts';
import { CannotGoOn } from './runScript.ts';

interface Bundle {
  readonly source: string;
  readonly product: string;
  readonly executable: boolean;
  readonly options: BuildOptions;
}

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

const bundles: readonly Bundle[] = [
  {
    source: 'src/extension.ts',
    product: 'dist/extension.cjs',
    executable: false,
    options: {
      format: 'cjs',
      external: ['vscode'],
      define: { 'import.meta.url': 'moduleUrl' },
      banner: { js: `const moduleUrl = require('node:url').pathToFileURL(__filename).href;` },
    },
  },
  {
    source: 'src/cli.ts',
    product: 'dist/cli.mjs',
    executable: true,
    options: { format: 'esm', banner: { js: `#!/usr/bin/env node\n${requireForModules}` } },
  },
];

/** Bundles the extension and the terminal's program into dist. The products are replaced whole, so a running test never reads half of one. */
export async function buildBundles(): Promise<void> {
  await Promise.all(bundles.map(buildOne));
}

/** Bundles again only where a source is younger than a product. */
export async function buildWhenStale(): Promise<void> {
  const products = await Promise.all(bundles.map(bundle => modifiedAt(join(repositoryFolder, bundle.product))));
  if ((await youngestSource()) > Math.min(...products)) await buildBundles();
}

async function buildOne(bundle: Bundle): Promise<void> {
  const result = await build({ ...shared, ...bundle.options, entryPoints: [bundle.source] }).catch(error => {
    throw new CannotGoOn(String(error instanceof Error ? error.message : error));
  });
  const product = join(repositoryFolder, bundle.product);
  const temporary = `${product}.${process.pid}`;
  await mkdir(dirname(product), { recursive: true });
  await writeFile(temporary, result.outputFiles?.[0]?.contents ?? '');
  if (bundle.executable) await chmod(temporary, 0o755);
  await rename(temporary, product);
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
