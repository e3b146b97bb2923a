import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from './findProgram.ts';
import { repositoryFolder, testFolder } from './repository.ts';
import { runProgram } from './runProgram.ts';
import { CannotGoOn } from './runScript.ts';

const codeServerVersion = '4.139.1';
const pinned = join(repositoryFolder, 'test', 'support', 'vscode-server');
const installation = join(testFolder, `server-${codeServerVersion}`);

/** `…/lib/vscode` of the installed server, installing it first where it isn't there: 15 seconds, 600 MB. */
export async function ensureServer(say: (line: string) => void = console.error): Promise<string> {
  const root = vscodeRoot(installation);
  if (existsSync(root)) return root;
  say(`Installing the VS Code server ${codeServerVersion} into .vscode-test …`);
  const temporary = `${installation}.${process.pid}`;
  try {
    await install(temporary, say);
    await rename(temporary, installation).catch(error => {
      if (!existsSync(root)) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return root;
}

/** Under a name of its own until it is whole, so that an interrupted installation is never taken for one. */
async function install(folder: string, say: (line: string) => void): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    await copyFile(join(pinned, name), join(folder, name));
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], vscodeRoot(folder));
  await buildLogWriter(vscodeRoot(folder), say);
}

/** What writes VS Code's logs has to be compiled here. Without a compiler all works but the output views stay empty. */
async function buildLogWriter(root: string, say: (line: string) => void): Promise<void> {
  await npm(['rebuild', '@vscode/spdlog'], root).catch(() => {
    say('Without g++, python3 and make the output views of this VS Code stay empty; all else works.');
  });
}

function vscodeRoot(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

async function npm(argv: readonly string[], cwd: string): Promise<void> {
  const program = findProgram('npm');
  if (program === undefined) throw new CannotGoOn('npm was not found on PATH.');
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  await runProgram(program, argv, { cwd, env });
}
