import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryFolder } from './repository.ts';

/** Somebody without rights, with the product as an administrator would have installed it: readable, and no more. */
export interface UnprivilegedUser {
  /** For child_process: undefined where this process itself is unprivileged. */
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
  /** Belongs to the user. */
  readonly home: string;
  /** Copies of the runtime and of the terminal's program, neither of which the user may change. */
  readonly node: string;
  readonly program: string;
  remove(): void;
}

/** Makes a user of the system for the run where this process may do so; otherwise the user of this process is unprivileged anyway. */
export function makeUnprivilegedUser(): UnprivilegedUser {
  const folder = mkdtempSync(join(tmpdir(), 'kext-dev-user-'));
  chmodSync(folder, 0o755);
  const name = process.getuid?.() === 0 ? `kextdev${process.pid}` : undefined;
  if (name !== undefined) execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', name]);
  const ids = name === undefined ? undefined : { uid: idOf('-u', name), gid: idOf('-g', name) };
  const [home, product] = [join(folder, 'home'), join(folder, 'product')];
  mkdirSync(home);
  if (ids !== undefined) execFileSync('chown', [`${ids.uid}:${ids.gid}`, home]);
  mkdirSync(join(product, 'dist'), { recursive: true });
  copyFileSync(process.execPath, join(product, 'node'));
  copyFileSync(join(repositoryFolder, 'dist', 'cli.mjs'), join(product, 'dist', 'cli.mjs'));
  cpSync(join(repositoryFolder, 'media', 'simulated-mac'), join(product, 'media', 'simulated-mac'), {
    recursive: true,
  });
  execFileSync('chmod', ['-R', 'a+rX,a-w', product]);
  return {
    ids,
    home,
    node: join(product, 'node'),
    program: join(product, 'dist', 'cli.mjs'),
    remove: () => {
      execFileSync('chmod', ['-R', 'u+w', product]);
      rmSync(folder, { recursive: true, force: true });
      if (name !== undefined) execFileSync('userdel', [name]);
    },
  };
}

function idOf(option: string, name: string): number {
  return Number(execFileSync('id', [option, name], { encoding: 'utf8' }));
}
