import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, before, beforeEach, describe, it } from 'node:test';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { SshTarget } from '../../src/targets/sshTarget.ts';
import { HostNotReached } from '../../src/tools/port/toolErrors.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { escaped } from '../support/escaped.ts';
import { isRunning } from '../support/isRunning.ts';
import { pathWithout } from '../support/pathWithout.ts';
import { readDemo, writeDemo } from '../support/renamedDemo.ts';
import { configure, openSshServer, type SshServer } from '../support/sshServer.ts';
import { kextDev, onlyLine, startKextDev } from '../support/terminal.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();

describe('What goes wrong over SSH', { timeout: 180_000 }, () => {
  let server: SshServer;
  let project: string;
  let tools: string;
  before(() => buildWhenStale());
  beforeEach(async () => {
    tools = await mkdtemp('/tmp/kd-tools-');
    server = await openSshServer({ PATH: `${tools}:/usr/bin:/bin` });
    project = join(server.folder, 'project');
    await writeDemo(await readDemo(), project);
  });
  afterEach(async () => {
    await server.remove();
    await rm(tools, { recursive: true, force: true });
  });

  const status = (host = 'mini', environment = server.environment) =>
    kextDev(['status', '--target', `ssh:${host}`, '--project', project], { environment });

  /** What the user sees: one line, and the exit status for a target that was not reached. */
  async function refused(host?: string): Promise<string> {
    const answer = await status(host);
    const line = onlyLine(answer);
    assert.equal(answer.status, 3, line);
    return line;
  }

  const tool = async (name: string, text: string) => {
    await writeFile(join(tools, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(tools, name), 0o755);
  };

  const pidIn = (file: string) =>
    until(
      file,
      async () => Number(await readFile(file, 'utf8').catch(() => '')),
      pid => pid > 0,
    );
  const gone = (pid: number) =>
    until(
      'the end of the far process',
      () => isRunning(pid),
      running => !running,
    );

  it('an unknown host key: nothing is sent, nothing is learned, and the user is told how to compare it', async () => {
    await writeFile(server.knownHosts, '');
    assert.equal(
      await refused(),
      "The host key of mini is not known here, so nothing was sent: run ssh mini once in a terminal, compare the fingerprint that it shows with the Mac's, and say yes. Where it asks nothing, your ssh configuration takes any key (StrictHostKeyChecking): let it ask.",
    );
    assert.equal(await readFile(server.knownHosts, 'utf8'), '');
  });

  it('an unknown and a changed host key where the user’s configuration takes any: all the same', async () => {
    await configure(server, 'Host mini\n  StrictHostKeyChecking no\n');
    const known = await readFile(server.knownHosts, 'utf8');
    await writeFile(server.knownHosts, '');
    assert.match(await refused(), /^The host key of mini is not known here, so nothing was sent: /);
    await writeFile(server.knownHosts, known);
    await server.kill();
    await server.start({ hostKey: await server.makeKey('other_key') });
    assert.match(await refused(), /^The host key of mini is another than the one that is known /);
    assert.equal(await readFile(server.knownHosts, 'utf8'), known);
  });

  it('a changed host key: nothing is sent, nothing is replaced, and the place of the known one is named', async () => {
    const known = await readFile(server.knownHosts, 'utf8');
    await server.kill();
    await server.start({ hostKey: await server.makeKey('other_key') });
    const line = await refused();
    assert.match(
      line,
      /^The host key of mini is another than the one that is known \(.*known_hosts, line 1\), so nothing was sent: /,
    );
    assert.match(
      line,
      new RegExp(
        `ssh-keygen -R '\\[127\\.0\\.0\\.1\\]:${server.port}' -f ${escaped(server.knownHosts)}, then run ssh mini`,
      ),
    );
    assert.equal(await readFile(server.knownHosts, 'utf8'), known);
  });

  it('a key that is not let in', async () => {
    await writeFile(join(server.folder, 'authorized_keys'), '');
    assert.match(await refused(), /^mini did not let you in \(.*Permission denied \(publickey\)\): ssh-copy-id mini /);
  });

  it('an agent that is gone, where its key is the one that lets in', async () => {
    await configure(
      server,
      `Host gone\n  HostName 127.0.0.1\n  Port ${server.port}\n  IdentityFile none\n  IdentityAgent ${join(server.folder, 'agent')}\n  UserKnownHostsFile ${server.knownHosts}\n\n`,
    );
    assert.match(await refused('gone'), /^gone did not let you in \(.*Permission denied \(publickey\)\): .*ssh-add/);
  });

  it('nothing that answers on the port', async () => {
    await server.kill();
    assert.match(
      await refused(),
      /^Nothing answers ssh on mini \(connect to host 127\.0\.0\.1 port \d+: Connection refused\): turn on Remote Login there/,
    );
  });

  it('a host that nobody knows', async () => {
    assert.match(
      await refused('nowhere.invalid'),
      /^No host is called nowhere\.invalid: check the name, or give it a Host entry/,
    );
  });

  it('a host that takes the call and says nothing more is given up', async () => {
    await configure(server, 'Host silent\n  ProxyCommand sleep 600\n  HostName 127.0.0.1\n\n');
    const target = openTarget('silent', 500);
    await assert.rejects(target.connection(signal), {
      problem: 'noAnswer',
      message: /^silent did not answer in 0\.5 seconds/,
    });
  });

  it('a configuration that ssh does not take', async () => {
    await configure(server, 'Frobnicate yes\n');
    assert.match(
      await refused(),
      /^ssh does not take its configuration: .*config: line 1: Bad configuration option: frobnicate\.$/,
    );
  });

  it('a far shell that runs no command says so in its own words', async () => {
    await writeFile(
      join(server.folder, 'authorized_keys'),
      `command="echo This account is closed. >&2; exit 1" ${await readFile(join(server.folder, 'user_key.pub'), 'utf8')}`,
    );
    assert.equal(await refused(), 'ssh could not run a command on mini: This account is closed.');
  });

  it('a machine without ssh', async () => {
    const environment = { ...server.environment, PATH: pathWithout(/^ssh$/, join(server.folder, 'without')) };
    const answer = await status('mini', environment);
    assert.deepEqual([answer.status, onlyLine(answer)], [2, 'ssh is missing: install it or set the PATH.']);
  });

  function openTarget(host = 'mini', reachMs?: number): SshTarget {
    Object.assign(process.env, server.environment);
    const parts = { host, state: join(server.folder, 'state'), environment: process.env, log: () => undefined };
    return new SshTarget({ ...parts, processes: new ProcessRunner(), ...(reachMs === undefined ? {} : { reachMs }) });
  }

  it('a server that is killed in the middle: the connection is lost, the tool has ended, and the next call makes another one', async () => {
    const target = openTarget();
    const connection = await target.connection(signal);
    await tool('kextstat', `echo part; echo $$ >${join(server.folder, 'pid')}; exec sleep 600`);
    const call = { tool: 'kextstat', argv: [], asRoot: false, timeoutMs: 60_000, parse: () => undefined };
    const running = target.runner.run(call, signal);
    const lost = assert.rejects(running, error => {
      assert.ok(error instanceof HostNotReached, String(error));
      assert.equal(error.problem, 'connectionLost');
      assert.match(error.message, /^The connection to mini broke while kextstat ran/);
      return true;
    });
    const pid = await pidIn(join(server.folder, 'pid'));
    await server.kill();
    await lost;
    await gone(pid);
    await assert.rejects(target.connection(signal), { problem: 'connectionRefused' });
    await server.start();
    assert.notEqual(await target.connection(signal), connection);
  });

  it('a tool that is missing there is named', async () => {
    await tool('sw_vers', 'printf "ProductName:\\tmacOS\\nProductVersion:\\t14.5\\nBuildVersion:\\t23F79\\n"');
    await tool('sysctl', 'echo "kern.boottime: { sec = 1716000000, usec = 0 } Sat May 18 2024"');
    const answer = await status();
    assert.match(onlyLine(answer), /^(kextstat|kmutil) is missing/);
    assert.equal(answer.status, 2);
  });

  for (const [how, kill] of [
    ['Ctrl-C', 'SIGINT'],
    ['a terminal that is closed', 'SIGHUP'],
    ['a kill that nothing survives', 'SIGKILL'],
  ] as const)
    it(`a tool that hangs is ended by ${how}, and nothing is left running there`, async () => {
      await tool('sw_vers', `echo $$ >${join(server.folder, 'pid')}; sleep 600`);
      const argv = ['status', '--target', 'ssh:mini', '--project', project];
      const { child, ended } = startKextDev(argv, { environment: server.environment });
      const pid = await pidIn(join(server.folder, 'pid'));
      child.kill(kill);
      assert.deepEqual(await ended, kill === 'SIGKILL' ? [null, kill] : [130, null]);
      await gone(pid);
    });

  it('names that are none of a host are refused before ssh is started', async () => {
    const hostile = [
      '',
      '-oProxyCommand=touch /tmp/x',
      '-F/tmp/x',
      'a b',
      'a\nb',
      '$(id)',
      '`id`',
      'a;b',
      "a'b",
      'a"b',
    ];
    for (const host of [...hostile, 'x'.repeat(4096), 'a@-b', 'ssh://a', 'a%h', '\u202emini', '😀']) {
      const answer = await status(host);
      assert.equal(answer.status, 2, host);
      assert.match(onlyLine(answer), /^ssh:HOST takes a name of your ssh configuration, .*; this is none: ".{0,70}"$/);
    }
    assert.equal(await server.takeStarts(), 0);
  });
});
