import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBundles } from './bundles.ts';
import { repositoryFolder } from './repository.ts';
import { runProgram } from './runProgram.ts';

export interface PackagedExtension {
  readonly path: string;
  readonly bytes: number;
}

const vsce = join(repositoryFolder, 'node_modules', '@vscode', 'vsce', 'vsce');

/** Builds, and packages what .vscodeignore lets through as a .vsix; into the checkout where no path is given. */
export async function packageExtension(path?: string): Promise<PackagedExtension> {
  await buildBundles();
  const manifest = JSON.parse(await readFile(join(repositoryFolder, 'package.json'), 'utf8')) as { version: string };
  const product = path ?? join(repositoryFolder, `kext-dev-${manifest.version}.vsix`);
  await runVsce([
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '-o',
    product,
  ]);
  return { path: product, bytes: (await stat(product)).size };
}

/** What would be packaged, relative to the checkout, with `/`. The products of a build must be there. */
export async function packagedFiles(): Promise<string[]> {
  const listed = await runVsce(['ls', '--no-dependencies']);
  return listed.split('\n').filter(line => line !== '');
}

async function runVsce(argv: readonly string[]): Promise<string> {
  return runProgram(process.execPath, [vsce, ...argv], { cwd: repositoryFolder });
}
