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

/**
 * Builds, and packages what .vscodeignore lets through as a .vsix; into the checkout where no path is given. `site`: an https
 * address under which the checkout's files can be read; VS Code's page of an extension shows no other pictures of a README.
 */
export async function packageExtension(path?: string, site?: string): Promise<PackagedExtension> {
  await buildBundles();
  const manifest = JSON.parse(await readFile(join(repositoryFolder, 'package.json'), 'utf8')) as { version: string };
  const product = path ?? join(repositoryFolder, `kext-dev-${manifest.version}.vsix`);
  const links =
    site === undefined ? ['--no-rewrite-relative-links'] : ['--baseContentUrl', site, '--baseImagesUrl', site];
  await runVsce(['package', '--no-dependencies', '--allow-missing-repository', ...links, '-o', product]);
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
