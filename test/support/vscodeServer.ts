import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './runProgram.ts';
import { CannotGoOn } from './runScript.ts';
import type { InstalledServer } from './serverInstallation.ts';

/** Which folders a server works in. All are absolute. */
export interface ServerFolders {
  readonly userDataDir: string;
  readonly extensionsDir: string;
}

export interface ServerOptions extends ServerFolders {
  readonly installed: InstalledServer;
  /** Every folder counts as trusted; VS Code asks nothing. */
  readonly trusted: boolean;
  /** VS Code's own driver for tests: needed to run a suite, but it suppresses toasts. */
  readonly smokeTestDriver?: boolean;
  /** 0: any free one. */
  readonly port?: number;
  /** Needed to open a page; without one whoever reaches the port may. */
  readonly connectionToken?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface VscodeServer {
  readonly port: number;
  /** Resolves when the server has ended, however that came. */
  readonly ended: Promise<void>;
  /** Everything the server printed. */
  log(): string;
  stop(): Promise<void>;
  /** As a crash or the lack of memory does it: without a word, with its extension hosts. What they have started goes on. */
  kill(): Promise<void>;
}

const startSeconds = 60;

/** Starts VS Code as a server on loopback. */
export async function startServer(options: ServerOptions): Promise<VscodeServer> {
  const sockets = await mkdtemp(join(tmpdir(), 'kext-dev-server-'));
  const child = spawn(options.installed.node, [serverProgram(options.installed), ...serverArguments(options)], {
    env: serverEnvironment(sockets, options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = once(child, 'exit').then(() => undefined);
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const log = () => printed.join('');
  const killAtExit = () => killGroup(child);
  process.once('exit', killAtExit);
  const stop = async () => {
    await stopGroup(child, ended);
    process.off('exit', killAtExit);
    await rm(sockets, { recursive: true, force: true, maxRetries: 5 });
  };
  const port = await listeningPort(child, ended, log).catch(async error => {
    await stop();
    throw error;
  });
  const kill = async () => {
    killGroup(child);
    await ended;
  };
  return { port, ended, log, stop, kill };
}

/** Installs a packaged extension, as `code --install-extension` does. */
export async function installExtension(
  installed: InstalledServer,
  vsix: string,
  folders: ServerFolders,
): Promise<void> {
  const argv = [serverProgram(installed), '--install-extension', vsix, ...folderArguments(folders)];
  await runProgram(installed.node, argv, { env: serverEnvironment(tmpdir(), undefined) });
}

function serverProgram({ vscodeRoot }: InstalledServer): string {
  return join(vscodeRoot, 'out', 'server-main.js');
}

function serverArguments(options: ServerOptions): string[] {
  const token = options.connectionToken;
  return [
    ...[
      '--host',
      '127.0.0.1',
      '--port',
      String(options.port ?? 0),
      '--accept-server-license-terms',
      '--disable-telemetry',
    ],
    ...folderArguments(options),
    ...(token === undefined ? ['--without-connection-token'] : ['--connection-token', token]),
    ...(options.smokeTestDriver === true ? ['--enable-smoke-test-driver'] : []),
    ...(options.trusted ? ['--disable-workspace-trust'] : []),
  ];
}

function folderArguments({ userDataDir, extensionsDir }: ServerFolders): string[] {
  const serverData = join(userDataDir, 'server');
  return ['--server-data-dir', serverData, '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir];
}

/** Without what another VS Code left in the environment, without a gallery, and with its sockets where they are removed. */
function serverEnvironment(sockets: string, more: NodeJS.ProcessEnv | undefined): NodeJS.ProcessEnv {
  const foreign = (name: string) => name === 'NODE_OPTIONS' || name.startsWith('npm_') || name.startsWith('VSCODE_');
  const own = Object.fromEntries(Object.entries({ ...process.env, ...more }).filter(([name]) => !foreign(name)));
  return { ...own, EXTENSIONS_GALLERY: '{"serviceUrl":""}', XDG_RUNTIME_DIR: sockets };
}

async function listeningPort(child: ChildProcess, ended: Promise<void>, log: () => string): Promise<number> {
  const listening = new Promise<number>(resolve => {
    child.stdout?.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
  const gaveUp = new Promise<void>(resolve => {
    setTimeout(resolve, startSeconds * 1000).unref();
  });
  const port = await Promise.race([listening, ended, gaveUp]);
  if (port === undefined) throw new CannotGoOn(`The VS Code server did not start:\n${log()}`);
  return port;
}

/** Ends the server and, as its extension host lives on for seconds, the whole group. */
async function stopGroup(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
  }
  killGroup(child);
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
