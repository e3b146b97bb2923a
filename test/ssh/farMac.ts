import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { handedOn } from '../../src/operations/captures/heardOperation.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { findKextProject } from '../../src/operations/project/findKextProject.ts';
import { KextRecordFile } from '../../src/operations/record/kextRecord.ts';
import { kextRecordFile } from '../../src/targets/folders.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { SshTarget } from '../../src/targets/sshTarget.ts';
import type { Target } from '../../src/tools/port/target.ts';
import { openSshServer, type SshServer } from '../support/sshServer.ts';
import { emptyRegistry, kextstatOf, turbine } from '../unit/operations/fakeTarget.ts';
import { built } from '../unit/operations/mortalTarget.ts';

/** A Mac of scripts behind a real sshd: its state is a folder, and it can die in the middle of a tool. */
export interface FarMac {
  readonly server: SshServer;
  /** The environment of a process that is to reach it. */
  readonly state: string;
  /** The process of the tool that hangs, once one does. */
  readonly hanging: string;
  /** The next call of that tool does its work, or not, and then hangs. */
  hangsIn(tool: 'kextload' | 'kextunload' | 'tar', doing: 'before' | 'after'): Promise<void>;
  /** It has started anew since: the boot time and the session are other ones, and nothing is loaded. */
  restart(): Promise<void>;
  /** Somebody sets its clock by so many seconds, and with it the time at which it says that it started. */
  setsClock(seconds: number): Promise<void>;
  /** It has written a panic report. */
  panics(name: string, text: string): Promise<void>;
  load(uuid: string | undefined): Promise<void>;
  /** The build that is installed on it, a bundle's folder: what it has is what was copied. */
  installs(bundle: string): Promise<void>;
  /** How often the tool was started. */
  calls(tool: string): Promise<number>;
  remove(): Promise<void>;
}

const rowOf = (uuid: string) => kextstatOf([turbine, uuid]).stdout ?? '';

/** Opens one that has booted at 1000, with nothing loaded. */
export async function openFarMac(): Promise<FarMac> {
  const far = await mkdtemp('/tmp/kd-far-');
  const tools = join(far, 'tools');
  await mkdir(tools);
  await mkdir(join(far, 'reports'));
  const at = (name: string) => join(far, name);
  const tool = async (name: string, text: string) => {
    await writeFile(join(tools, name), `#!/bin/sh\necho . >>'${at(`${name}.calls`)}'\n${text}\n`);
    await chmod(join(tools, name), 0o755);
  };
  const hang = (name: string, when: string) =>
    `if [ -e '${at(`${name}.${when}`)}' ]; then /bin/rm '${at(`${name}.${when}`)}'; echo $$ >'${at('hanging')}'; sleep 600; fi`;
  const reports = '/Library/Logs/DiagnosticReports';
  const isThere = `case "$last" in ${reports}*) ;; *) echo "ls: $last: No such file or directory" >&2; exit 1;; esac`;
  const entry =
    'if [ "$1" = -di ]; then shift; for each; do echo "ls: $each: No such file or directory" >&2; done; exit 1; fi; ' +
    'if [ "$1" = -ldn ]; then case "$last" in /private/tmp/kext-dev) ' +
    'echo "drwxr-xr-x  3 0  0  96 Jan  9 09:41 $last"; exit 0;; esac; ' +
    'echo "ls: $last: No such file or directory" >&2; exit 1; fi';
  const last = `for last; do :; done; place="${at('reports')}\${last#${reports}}"`;
  await tool('sw_vers', "printf 'ProductName:\\tMac OS X\\nProductVersion:\\t10.15.7\\nBuildVersion:\\t19H2026\\n'");
  await tool(
    'sysctl',
    `printf 'kern.boottime: { sec = %s, usec = 0 } Thu Jan  1 00:16:40 1970\\nhw.machine: x86_64\\n' "$(cat '${at('boot')}')"\n` +
      `printf 'kern.bootsessionuuid: %s\\n' "$(cat '${at('session')}')"`,
  );
  await tool('csrutil', "echo 'System Integrity Protection status: disabled.'");
  await tool('kextstat', `cat '${at('loaded')}'`);
  await tool('ioclasscount', "echo 'IOService = 1'");
  await tool('ioreg', `cat '${at('ioreg')}'`);
  await tool(
    'kextload',
    [hang('kextload', 'before'), `cp '${at('built')}' '${at('loaded')}'`, hang('kextload', 'after')].join('\n'),
  );
  await tool(
    'kextunload',
    [hang('kextunload', 'before'), `cp '${at('none')}' '${at('loaded')}'`, hang('kextunload', 'after')].join('\n'),
  );
  await tool('mkdir', ':');
  await tool('chown', ':');
  await tool('mv', ':');
  await tool('rm', ':');
  await tool('tar', [hang('tar', 'before'), '/bin/cat >/dev/null', hang('tar', 'after')].join('\n'));
  // Whoever comes in is root.
  await tool('id', 'echo 0');
  await tool(
    'openssl',
    `shift 2; for each; do sha256sum "${at('product')}/\${each#*-new*/}" | cut -d' ' -f1 | sed 's/^/SHA256(-)= /'; done`,
  );
  await tool('ls', `${last}\n${entry}\n${isThere}\nexec /bin/ls -1t "$place"`);
  await tool('stat', `${last}\nexec /usr/bin/stat -c %Y "$place"`);
  await tool(
    'cat',
    `${last}\n[ "$last" = "$place" ] || case "$last" in ${reports}*) exec /bin/cat "$place";; esac\nexec /bin/cat "$@"`,
  );
  const setsClock = async (seconds: number) =>
    writeFile(at('boot'), `${Number(await readFile(at('boot'), 'utf8')) + seconds}\n`);
  await writeFile(at('boot'), '1000\n');
  await writeFile(at('session'), `${randomUUID().toUpperCase()}\n`);
  await writeFile(at('ioreg'), emptyRegistry.stdout ?? '');
  await writeFile(at('built'), rowOf(built));
  await writeFile(at('none'), kextstatOf().stdout ?? '');
  const server = await openSshServer({ PATH: `${tools}:/usr/bin:/bin` });
  Object.assign(process.env, server.environment);
  const load = (uuid: string | undefined) =>
    writeFile(at('loaded'), uuid === undefined ? (kextstatOf().stdout ?? '') : rowOf(uuid));
  await load(undefined);
  return {
    server,
    state: join(server.folder, 'state'),
    hanging: at('hanging'),
    hangsIn: (name, when) => writeFile(at(`${name}.${when}`), ''),
    restart: async () => {
      await setsClock(5000);
      await writeFile(at('session'), `${randomUUID().toUpperCase()}\n`);
      await load(undefined);
    },
    setsClock,
    panics: (name, text) => writeFile(join(far, 'reports', name), text),
    load,
    installs: bundle => symlink(bundle, at('product')),
    calls: async name => (await readFile(at(`${name}.calls`), 'utf8').catch(() => '')).split('\n').length - 1,
    remove: async () => {
      await server.remove();
      await rm(far, { recursive: true, force: true });
    },
  };
}

/**
 * The Mac as a target whose scripts answer as root would; it waits for nothing: `pauses` gets the ms of each pause, and is
 * waited for.
 */
export function targetOf(state: string, pauses: (ms: number, signal: AbortSignal) => Promise<void>): Target {
  const parts = { host: 'mini', state, environment: process.env, log: () => undefined };
  const inner = new SshTarget({ ...parts, processes: new ProcessRunner() });
  const { runner } = inner;
  return {
    ...handedOn(inner),
    pause: async (ms, signal) => {
      signal.throwIfAborted();
      await pauses(ms, signal);
      signal.throwIfAborted();
    },
    runner: {
      run: (command, ...rest) => runner.run({ ...command, asRoot: false }, ...rest),
      runTogether: (commands, signal) =>
        runner.runTogether(
          commands.map(command => ({ ...command, asRoot: false })),
          signal,
        ),
    },
  };
}

/** An operation on the sample project in `folder` as another process or window has it, too. */
export async function operationOn(folder: string, target: Target, state: string): Promise<Operation> {
  const project = await findKextProject(folder, ['true'], new AbortController().signal);
  if ('problem' in project) throw new Error(project.problem);
  const records = new KextRecordFile(kextRecordFile(state, project.bundleIdentifier));
  const doing = `Reload ${project.bundleIdentifier}`;
  return { project, target, host: new ProcessRunner(), records, progress: () => undefined, doing };
}
