import { existsSync } from 'node:fs';
import { findChromium } from './chromium.ts';
import { findProgram } from './findProgram.ts';
import { runProgram } from './runProgram.ts';
import { CannotGoOn } from './runScript.ts';

/** A program that the project runs and that npm cannot bring, by the name of its Debian package. */
export type NeededPackage =
  | 'clang'
  | 'lld'
  | 'llvm'
  | 'make'
  | 'chromium'
  | 'openssh-client'
  | 'openssh-server'
  | 'rsync'
  | 'openssl'
  | 'sudo'
  | 'zsh'
  | 'tcsh'
  | 'fish';

const presence: Record<NeededPackage, () => boolean> = {
  clang: () => onPath('clang++'),
  lld: () => onPath('ld64.lld', 'ld64.lld-14', 'ld64.lld-16', 'ld64.lld-19'),
  llvm: () => onPath('dsymutil') && onPath('llvm-nm'),
  make: () => onPath('make'),
  chromium: () => findChromium() !== undefined,
  'openssh-client': () => onPath('ssh'),
  'openssh-server': () => existsSync('/usr/sbin/sshd'),
  rsync: () => onPath('rsync'),
  openssl: () => onPath('openssl'),
  sudo: () => onPath('sudo'),
  zsh: () => onPath('zsh'),
  tcsh: () => onPath('tcsh'),
  fish: () => onPath('fish'),
};

/** What comes along: without fonts a browser draws empty boxes. */
const companions: Partial<Record<NeededPackage, readonly string[]>> = {
  chromium: ['fonts-dejavu-core', 'fonts-liberation'],
};

/**
 * Sees to it that the programs of these packages are there: installs what is missing on Debian and its relatives, given root
 * or a sudo that asks nothing; elsewhere throws CannotGoOn with one line that names them.
 */
export async function ensureTools(
  needed: readonly NeededPackage[],
  say: (line: string) => void = console.error,
): Promise<void> {
  const missing = needed.filter(name => !presence[name]());
  if (missing.length === 0) return;
  const packages = missing.flatMap(name => [name, ...(companions[name] ?? [])]);
  const apt = await aptGet();
  if (apt === undefined) throw new CannotGoOn(`Install ${missing.join(', ')} and try again${hint(packages)}.`);
  say(`Installing ${packages.join(', ')} …`);
  await apt(['update', '-q']);
  await apt(['install', '-q', '-y', '--no-install-recommends', ...packages]);
  const stillMissing = missing.filter(name => !presence[name]());
  if (stillMissing.length > 0)
    throw new CannotGoOn(`${stillMissing.join(', ')}: installed, but the programs were not found on PATH.`);
}

function onPath(...names: readonly string[]): boolean {
  return findProgram(...names) !== undefined;
}

function hint(packages: readonly string[]): string {
  if (process.platform === 'darwin') return ' (Xcode’s command line tools and Homebrew’s lld and llvm have them)';
  return process.platform === 'linux' ? ` (on Debian: sudo apt-get install ${packages.join(' ')})` : '';
}

type AptGet = (argv: readonly string[]) => Promise<string>;

/** How apt-get is run here without a question; undefined where it cannot be. */
async function aptGet(): Promise<AptGet | undefined> {
  if (findProgram('apt-get') === undefined) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (process.getuid?.() === 0) return argv => runProgram('apt-get', argv, { env });
  const asked = await runProgram('sudo', ['-n', 'true']).catch(() => undefined);
  if (asked === undefined) return undefined;
  return argv => runProgram('sudo', ['-n', 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...argv]);
}
