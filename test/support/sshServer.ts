import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ensureTools } from './debianPackages.ts';
import { findProgram } from './findProgram.ts';
import { isRunning } from './isRunning.ts';
import { processTree } from './processTree.ts';
import { runProgram } from './runProgram.ts';
import { CannotGoOn } from './runScript.ts';
import { until } from './until.ts';

/** OpenSSH's own server on loopback, with keys of its own, and an `ssh` that knows it as `mini` and nothing of the user's. */
export interface SshServer {
  readonly folder: string;
  readonly port: number;
  /** First on a PATH: its `ssh` is the machine's, with this configuration. */
  readonly programs: string;
  /** For a process that is to reach the server: its PATH, and where it keeps connections open. */
  readonly environment: Readonly<Record<string, string>>;
  /** The client's configuration, which tests write into. */
  readonly config: string;
  readonly knownHosts: string;
  /** The home of whoever is logged in there: empty, so that nobody's own settings have a say. */
  readonly home: string;
  /** Where the far side's processes make their temporary files. */
  readonly temporary: string;
  /** How often `ssh` was started to go there since this was last asked. */
  takeStarts(): Promise<number>;
  /** Ends the server with every connection, as a crash does. */
  kill(): Promise<void>;
  /** Lets another user of this machine in, as that host. */
  admit(host: string, user: string): Promise<void>;
  /** Starts it again on the same port; what is said differs from what it was before. */
  start(changed?: SshServerChange): Promise<void>;
  /** Ends the connections that clients keep open, as a minute of silence does. */
  closeConnections(): Promise<void>;
  /** Kills what keeps them open, as a crash does: its sockets stay. */
  killConnections(): Promise<void>;
  makeKey(name: string): Promise<string>;
  /** Of the key that lets in; '' is none. */
  changePassphrase(before: string, now: string): Promise<void>;
  remove(): Promise<void>;
}

const nonesuch = join('/', 'nonesuch');

/** The file of its key, what the far side's processes find in their environment, and what lets in. */
export interface SshServerChange {
  readonly hostKey?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** It takes the passwords of this machine's users. */
  readonly passwords?: boolean;
}

/** `variables`: what the far side's processes find in their environment. */
export async function openSshServer(variables: Readonly<Record<string, string>> = {}): Promise<SshServer> {
  await ensureTools(['openssh-client', 'openssh-server']);
  const folder = await mkdtemp('/tmp/kd-ssh-');
  const [programs, run, home, config] = [
    join(folder, 'bin'),
    join(folder, 'run'),
    join(folder, 'home'),
    join(folder, 'config'),
  ];
  const [knownHosts, starts, temporary] = [join(folder, 'known_hosts'), join(folder, 'starts'), join(folder, 'far')];
  for (const made of [programs, run, home, temporary]) await mkdir(made, { mode: 0o700 });
  const makeKey = async (name: string) => {
    const file = join(folder, name);
    await runProgram('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', file]);
    return file;
  };
  const [hostKey, userKey] = [await makeKey('host_key'), await makeKey('user_key')];
  await writeFile(join(folder, 'authorized_keys'), await readFile(`${userKey}.pub`));
  const port = await freePort();
  const know = async (key: string) =>
    writeFile(knownHosts, `[127.0.0.1]:${port} ${await readFile(`${key}.pub`, 'utf8')}`);
  await know(hostKey);
  await writeFile(config, clientConfiguration({ host: 'mini', port, user: userInfo().username, userKey, knownHosts }));
  const ssh = findProgram('ssh') ?? nonesuch;
  await writeFile(
    join(programs, 'ssh'),
    `#!/bin/sh\n[ "$1" = -G ] || echo . >>'${starts}'\nexec '${ssh}' -F '${config}' "$@"\n`,
  );
  await chmod(join(programs, 'ssh'), 0o755);
  let server: { readonly pid: number; readonly ended: Promise<unknown> } | undefined;
  let parts: ServerParts = { port, hostKey, variables: { HOME: home, TMPDIR: temporary, ...variables } };
  const start = async (changed: SshServerChange = {}) => {
    parts = { ...parts, ...changed, variables: { ...parts.variables, ...changed.variables } };
    server = await startServer(folder, parts);
  };
  const kill = async () => {
    if (server === undefined) return;
    const tree = await processTree(server.pid);
    for (const pid of tree) if (!(await isShellOf(pid))) end(pid);
    await server.ended;
    server = undefined;
  };
  await start();
  const control = join(run, `kext-dev-ssh-${process.getuid?.() ?? 0}`);
  /** Asks whatever keeps connections open, and gives what it says. */
  const askConnections = async (order: 'check' | 'exit') => {
    const names = await readdir(control).catch(() => []);
    const asked = (name: string) => [
      '-c',
      'exec "$0" "$@" 2>&1',
      ssh,
      '-F',
      config,
      '-S',
      join(control, name),
      '-O',
      order,
      'mini',
    ];
    return Promise.all(names.map(name => runProgram('sh', asked(name)).catch(() => '')));
  };
  const killConnections = async () => {
    const pids = (await askConnections('check')).flatMap(said => /pid=(\d+)/.exec(said)?.[1] ?? []).map(Number);
    for (const pid of pids) end(pid);
    await until(
      'the end of ssh',
      () => Promise.all(pids.map(isRunning)),
      running => !running.includes(true),
    );
    if (pids.length === 0) throw new CannotGoOn('no connection is open');
  };
  const closeConnections = async () => void (await askConnections('exit'));
  return {
    folder,
    port,
    programs,
    environment: { PATH: `${programs}:${process.env.PATH}`, XDG_RUNTIME_DIR: run },
    config,
    knownHosts,
    home,
    temporary,
    takeStarts: async () => {
      const lines = await readFile(starts, 'utf8').catch(() => '');
      await rm(starts, { force: true });
      return lines.split('\n').length - 1;
    },
    kill,
    start,
    admit: async (host, user) => {
      await chmod(folder, 0o755);
      await chmod(join(folder, 'authorized_keys'), 0o644);
      await appendFile(config, clientConfiguration({ host, port, user, userKey, knownHosts }));
    },
    closeConnections,
    killConnections,
    makeKey,
    changePassphrase: async (before, now) =>
      void (await runProgram('ssh-keygen', ['-q', '-p', '-P', before, '-N', now, '-f', userKey])),
    remove: async () => {
      await closeConnections();
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A server that dies takes no tool with it: those see their connection end. */
async function isShellOf(pid: number): Promise<boolean> {
  const name = (await runProgram('ps', ['-o', 'comm=', '-p', String(pid)]).catch(() => '')).trim();
  return name !== '' && !/sshd/.test(name);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was faster.
  }
}

interface ServerParts {
  readonly port: number;
  readonly hostKey: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly passwords?: boolean;
}

async function startServer(folder: string, parts: ServerParts) {
  const file = join(folder, 'sshd_config');
  await writeFile(file, serverConfiguration(folder, parts));
  // sshd wants the folder for the process that has no rights, also where its package's service never ran.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 }).catch(() => undefined);
  const log = join(folder, 'sshd.log');
  const child = spawn('/usr/sbin/sshd', ['-D', '-f', file, '-E', log], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const { pid } = child;
  if (pid === undefined) throw new CannotGoOn('sshd could not be started');
  const listens = async () => {
    if (child.exitCode !== null) throw new CannotGoOn(`sshd ended: ${await readFile(log, 'utf8').catch(() => '')}`);
    return isListening(parts.port);
  };
  await until('sshd', listens, heard => heard);
  return { pid, ended };
}

function serverConfiguration(folder: string, { port, hostKey, variables, passwords = false }: ServerParts): string {
  const set = Object.entries(variables).map(([name, value]) => `"${name}=${value}"`);
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'StrictModes no',
    'UsePAM no',
    `PasswordAuthentication ${passwords ? 'yes' : 'no'}`,
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'PidFile none',
    'MaxStartups 100',
    ...(set.length === 0 ? [] : [`SetEnv ${set.join(' ')}`]),
    '',
  ].join('\n');
}

function clientConfiguration(
  parts: Record<'host' | 'user' | 'userKey' | 'knownHosts', string> & { readonly port: number },
): string {
  return [
    `Host ${parts.host}`,
    '  HostName 127.0.0.1',
    `  Port ${parts.port}`,
    `  User ${parts.user}`,
    `  IdentityFile ${parts.userKey}`,
    '  IdentitiesOnly yes',
    '  IdentityAgent none',
    `  UserKnownHostsFile ${parts.knownHosts}`,
    '  GlobalKnownHostsFile none',
    '',
  ].join('\n');
}

function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Adds lines to the client's configuration, before those of `mini`. */
export async function configure(server: SshServer, lines: string): Promise<void> {
  const before = await readFile(server.config, 'utf8');
  await writeFile(server.config, lines);
  await appendFile(server.config, before);
}
