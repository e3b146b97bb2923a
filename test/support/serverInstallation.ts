import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findProgram } from './findProgram.ts';
import { repositoryFolder, testFolder } from './repository.ts';
import { runProgram } from './runProgram.ts';
import { CannotGoOn } from './runScript.ts';

/** The newest VS Code, or the lowest on npm that is not below `engines.vscode`. */
export type VscodeVersion = 'stable' | 'minimum';

export interface InstalledServer {
  /** Its `…/lib/vscode`. */
  readonly vscodeRoot: string;
  /** The Node that runs it, and the extensions in it: the major of the desktop of the same version. */
  readonly node: string;
}

interface PinnedServer {
  /** Under test/support: which packages it is made of, with their lock. */
  readonly folder: string;
  /** Path in what was installed; by default this script's own. */
  readonly node?: string;
  /** What remains to be done once npm has installed the packages without their scripts. */
  finish(folder: string, say: (line: string) => void): Promise<void>;
}

const machine = `linux-${process.arch}`;

const servers: Readonly<Record<VscodeVersion, PinnedServer>> = {
  stable: { folder: 'vscode-server', finish: buildLogWriter },
  minimum: {
    folder: 'vscode-server-minimum',
    node: join('node_modules', `node-${machine}`, 'bin', 'node'),
    finish: placeBinaries,
  },
};

/** The installed server, installing it first where it isn't there: 15 to 30 seconds, 300 to 600 MB. */
export async function ensureServer(
  version: VscodeVersion = 'stable',
  say: (line: string) => void = console.error,
): Promise<InstalledServer> {
  const server = servers[version];
  const pinned = join(repositoryFolder, 'test', 'support', server.folder);
  const codeServer: string = JSON.parse(await readFile(join(pinned, 'package.json'), 'utf8')).dependencies[
    'code-server'
  ];
  const installation = join(testFolder, `server-${codeServer}`);
  const installed = {
    vscodeRoot: vscodeRoot(installation),
    node: server.node === undefined ? process.execPath : join(installation, server.node),
  };
  if (existsSync(installed.vscodeRoot)) return installed;
  say(`Installing the VS Code server ${codeServer} into .vscode-test …`);
  const temporary = `${installation}.${process.pid}`;
  try {
    await installPackages(pinned, temporary);
    await server.finish(temporary, say);
    await rename(temporary, installation).catch(error => {
      if (!existsSync(installed.vscodeRoot)) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return installed;
}

/** Under a name of its own until it is whole, so that an interrupted installation is never taken for one. */
async function installPackages(pinned: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    await copyFile(join(pinned, name), join(folder, name));
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], vscodeRoot(folder));
}

/**
 * What writes VS Code's logs has to be compiled here, with the headers that our Node brings: npm would look for them on nodejs.org. Without a
 * compiler all works but the output views stay empty.
 */
async function buildLogWriter(folder: string, say: (line: string) => void): Promise<void> {
  const node = dirname(dirname(process.execPath));
  const headers = existsSync(join(node, 'include', 'node', 'node_api.h')) ? { npm_config_nodedir: node } : {};
  await npm(['rebuild', '@vscode/spdlog'], vscodeRoot(folder), headers).catch(() => {
    say('Without g++, python3 and make the output views of this VS Code stay empty; all else works.');
  });
}

/**
 * An older server compiles its terminals' module and downloads ripgrep when it is installed; without them tasks hang and no file is found. Newer
 * packages bring both along as binaries, and stand beside the server. Its output views stay empty: no suite reads them.
 */
async function placeBinaries(folder: string): Promise<void> {
  const from = join(folder, 'node_modules');
  const to = join(vscodeRoot(folder), 'node_modules');
  await rm(join(to, 'node-pty'), { recursive: true });
  await rename(join(from, 'node-pty'), join(to, 'node-pty'));
  await mkdir(join(to, '@vscode', 'ripgrep', 'bin'));
  await copyFile(join(from, '@vscode', `ripgrep-${machine}`, 'bin', 'rg'), join(to, '@vscode', 'ripgrep', 'bin', 'rg'));
}

function vscodeRoot(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

async function npm(argv: readonly string[], cwd: string, more: NodeJS.ProcessEnv = {}): Promise<void> {
  const program = findProgram('npm');
  if (program === undefined) throw new CannotGoOn('npm was not found on PATH.');
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  await runProgram(program, argv, { cwd, env: { ...env, ...more } });
}
