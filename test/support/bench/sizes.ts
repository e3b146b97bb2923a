import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { activationBytes } from '../activationFiles.ts';
import { repositoryFolder } from '../repository.ts';
import { ensureServer } from '../serverInstallation.ts';
import type { Measured } from './measured.ts';

/** How large what ships is, beside VS Code's own extension for Git: the one that comes with the server, packed as a .vsix is. */
export async function sizes(vsixBytes: number): Promise<readonly Measured[]> {
  const git = join((await ensureServer()).vscodeRoot, 'extensions', 'git');
  const code = {
    peer: 'the code of VS Code’s extension for Git',
    peerValue: await bytesOf(join(git, 'dist', 'main.js')),
  };
  return [
    {
      name: 'the .vsix',
      value: vsixBytes,
      unit: 'bytes',
      peer: 'VS Code’s extension for Git, packed',
      peerValue: await packedBytes(git),
      goal: { most: 1_500_000 },
    },
    {
      name: 'what an activation reads',
      value: await activationBytes(),
      unit: 'bytes',
      ...code,
    },
    { name: 'dist/cli.mjs', value: await bytesOf(product('cli.mjs')), unit: 'bytes', ...code },
  ];
}

function product(name: string): string {
  return join(repositoryFolder, 'dist', name);
}

async function bytesOf(file: string): Promise<number> {
  return (await stat(file)).size;
}

async function packedBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const packed = await Promise.all(files.map(async file => deflateRawSync(await readFile(file)).length));
  return packed.reduce((sum, bytes) => sum + bytes, 0);
}
