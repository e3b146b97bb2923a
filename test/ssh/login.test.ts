import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { Passwords } from '../../src/targets/passwords.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { ScriptRunner } from '../../src/targets/scriptRunner.ts';
import { sshControlPath } from '../../src/targets/sshControl.ts';
import { sshShell } from '../../src/targets/sshShell.ts';
import type { AskPassword } from '../../src/tools/port/target.ts';
import { HostNotReached } from '../../src/tools/port/toolErrors.ts';
import { runProgram } from '../support/runProgram.ts';
import { configure, openSshServer, type SshServer } from '../support/sshServer.ts';
import { canMakeUsers, makeSudoUser, type SudoUser } from '../support/sudoUser.ts';
import { until } from '../support/until.ts';
import { everythingThatProcessesShow, filesBelow } from '../support/whatShows.ts';
import { answering } from './rootSubject.ts';

const never = new AbortController().signal;
const echo = { tool: 'echo', argv: ['here'], asRoot: false, timeoutMs: 20_000, parse: () => undefined };

const refused =
  (message: RegExp, problem = 'authenticationRefused') =>
  (error: unknown) => {
    assert.ok(error instanceof HostNotReached, String(error));
    assert.deepEqual([error.problem, message.test(error.message)], [problem, true], error.message);
    return true;
  };

/** A runner that goes there, and who answers for it. */
function way(host: string, reachMs?: number) {
  const passwords = new Passwords();
  const controlPath = () => sshControlPath(host, process.env);
  const runner = new ScriptRunner(new ProcessRunner(), sshShell({ host, controlPath }, reachMs), passwords);
  const run = (signal = never) => runner.run(echo, signal).then(({ stdout }) => stdout);
  const runWith = (ask: AskPassword | undefined, signal = never) => passwords.during(ask, () => run(signal));
  return { passwords, run, runWith };
}

/** What lies in the folder of kept connections, but for those themselves: their names have digits alone. */
async function sockets(): Promise<readonly string[]> {
  const folder = dirname(await sshControlPath('mini', process.env));
  return (await readdir(folder)).filter(name => name.startsWith('q'));
}

describe('A Mac over SSH whose key has a passphrase', { timeout: 180_000 }, () => {
  const passphrase = 'a "turbine" $(id) \\ ü€';
  let server: SshServer;
  let sshAsks: string;
  before(async () => {
    server = await openSshServer();
    Object.assign(process.env, server.environment);
    const key = join(server.folder, 'user_key');
    await server.changePassphrase('', passphrase);
    sshAsks = `Enter passphrase for key '${key}'`;
  });
  afterEach(async () => {
    await server.closeConnections();
    assert.deepEqual(await sockets(), [], 'a socket is left');
  });
  after(() => server.remove());

  const configureHost = (host: string, knownHosts: string, more: readonly string[]) => {
    const lines = [
      `Host ${host}`,
      '  HostName 127.0.0.1',
      `  Port ${server.port}`,
      `  IdentityFile ${join(server.folder, 'user_key')}`,
      '  IdentitiesOnly yes',
      '  IdentityAgent none',
      `  UserKnownHostsFile ${knownHosts}`,
      '  GlobalKnownHostsFile none',
      ...more,
    ];
    return configure(server, `${lines.join('\n')}\n`);
  };

  it('is reached once it is typed; the connection that it opened asks for nothing more', async () => {
    const { passwords, run, runWith } = way('mini');
    const ask = answering(passphrase);
    const ran = await passwords.during(ask, async () => [await run(), await run()]);
    assert.deepEqual(ran, ['here\n', 'here\n']);
    assert.deepEqual(ask.asked, [{ target: 'mini', sshAsks, wrong: false }]);
    assert.equal(await runWith(undefined), 'here\n');
    const another = answering();
    assert.equal(await runWith(another), 'here\n');
    assert.deepEqual(another.asked, []);
  });

  it('is asked for once in an operation, also where its connection was lost meanwhile, and again in the next one', async () => {
    const { passwords, run, runWith } = way('mini');
    const ask = answering(passphrase, passphrase);
    await passwords.during(ask, async () => {
      await run();
      await server.closeConnections();
      assert.equal(await run(), 'here\n');
    });
    assert.equal(ask.asked.length, 1);
    await server.closeConnections();
    await runWith(ask);
    assert.equal(ask.asked.length, 2);
  });

  it('asks again after a wrong one, and says that it was wrong', async () => {
    const ask = answering('no', passphrase);
    assert.equal(await way('mini').runWith(ask), 'here\n');
    assert.deepEqual(
      ask.asked.map(({ wrong }) => wrong),
      [false, true],
    );
  });

  it('gives up after three wrong ones', async () => {
    const ask = answering('a', 'b', 'c', 'd');
    await assert.rejects(way('mini').runWith(ask), refused(/^mini /));
    assert.equal(ask.asked.length, 3);
  });

  it('asks no more in an operation in which none was given, and says what was asked', async () => {
    const { passwords, run } = way('mini');
    const ask = answering(undefined);
    await passwords.during(ask, async () => {
      await assert.rejects(
        run(),
        refused(
          /^mini was not reached: ssh asks "Enter passphrase for key '[^']*'", and no answer was given\.$/,
          'notAnswered',
        ),
      );
      await assert.rejects(run(), refused(/^mini did not let you in/));
    });
    assert.equal(ask.asked.length, 1);
  });

  it('asks nothing where nobody is there, and says how it can be', async () => {
    await assert.rejects(
      way('mini').runWith(undefined),
      refused(/^mini did not let you in .*: .*asked for when you refresh or start something yourself\.$/),
    );
  });

  it('waits for whoever thinks about it', async () => {
    const ask: AskPassword = () => new Promise(resolve => setTimeout(resolve, 2500, passphrase));
    assert.equal(await way('mini', 2000).runWith(ask), 'here\n');
  });

  it('is let go by a cancel while it asks', async () => {
    const stop = new AbortController();
    const ask: AskPassword = (_, signal) =>
      new Promise(resolve => {
        signal.addEventListener('abort', () => resolve(undefined));
        stop.abort();
      });
    const { passwords, run } = way('mini');
    await passwords.during(ask, async () => {
      await run(stop.signal).catch((error: unknown) => assert.ok(stop.signal.aborted, String(error)));
    });
    await until(
      'the end of ssh and of what it asks by',
      async () =>
        (await everythingThatProcessesShow()).filter(text => text.includes(`KEXT_DEV_ASKPASS_SOCKET=${server.folder}`)),
      found => found.length === 0,
    );
  });

  it('asks no more once ssh has ended: killed, or sent away by a server that does not wait for ever', async () => {
    const asked = Promise.withResolvers<void>();
    const ask: AskPassword = (_, signal) =>
      new Promise(resolve => {
        signal.addEventListener('abort', () => resolve(undefined));
        asked.resolve();
      });
    const running = way('mini').runWith(ask);
    await asked.promise;
    const pids = await runProgram('pgrep', ['-f', `${server.config}.*BatchMode=no`]);
    for (const pid of pids.trim().split('\n').map(Number)) process.kill(pid, 'SIGKILL');
    await assert.rejects(running, HostNotReached);
  });

  it('asks once for a key that a proxy and the Mac behind it take', async () => {
    await configureHost('behind', server.knownHosts, [
      `  ProxyCommand ${join(server.programs, 'ssh')} -W 127.0.0.1:${server.port} mini`,
    ]);
    const ask = answering(passphrase);
    assert.equal(await way('behind').runWith(ask), 'here\n');
    assert.deepEqual(ask.asked, [{ target: 'behind', sshAsks, wrong: false }]);
  });

  it('is not reached through a proxy whose key is not known: nobody is asked whether it may be', async () => {
    const known = join(server.folder, 'known_to_jump');
    await configureHost('jump', known, []);
    await configureHost('far', server.knownHosts, ['  ProxyJump jump']);
    const ask = answering('yes');
    await assert.rejects(way('far').runWith(ask), (error: unknown) => {
      assert.ok(error instanceof HostNotReached);
      assert.equal(error.problem, 'hostKeyUnknown');
      assert.match(error.message, /^The host key of .*, on the way to far, is not known here/);
      return true;
    });
    assert.deepEqual([ask.asked, await readFile(known, 'utf8').catch(() => '')], [[], '']);
  });

  it('is asked for by no program of the user’s either where nobody is there, also not by a proxy', async () => {
    const [program, asked] = [join(server.folder, 'users-askpass'), join(server.folder, 'users-asked')];
    await writeFile(program, `#!/bin/sh\necho "$1" >>'${asked}'\nexit 1\n`, { mode: 0o755 });
    await configureHost('through', server.knownHosts, ['  ProxyJump mini']);
    const before = { SSH_ASKPASS: process.env.SSH_ASKPASS, DISPLAY: process.env.DISPLAY };
    Object.assign(process.env, { SSH_ASKPASS: program, DISPLAY: ':0' });
    try {
      await assert.rejects(way('through').runWith(undefined), /refresh, or run ssh through once in a terminal/);
    } finally {
      for (const [name, value] of Object.entries(before))
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    }
    assert.equal(await readFile(asked, 'utf8').catch(() => ''), '');
  });

  it('keeps it out of arguments, environments and files', async () => {
    const running = way('mini').runWith(answering(passphrase));
    const seen: string[] = [];
    let ended = false;
    void running.finally(() => {
      ended = true;
    });
    while (!ended) seen.push(...(await everythingThatProcessesShow()), ...(await filesBelow(server.folder)));
    assert.equal(await running, 'here\n');
    assert.ok(
      seen.some(text => text.includes('KEXT_DEV_ASKPASS_SOCKET')),
      'nothing was looked at',
    );
    assert.deepEqual(
      seen.filter(text => text.includes(passphrase)),
      [],
    );
  });
});

if (canMakeUsers) {
  describe('A Mac over SSH that takes a password', { timeout: 180_000 }, () => {
    let server: SshServer;
    let user: SudoUser;
    before(async () => {
      user = makeSudoUser();
      server = await openSshServer();
      Object.assign(process.env, server.environment);
      await server.admit('macpro', user.name);
      await configure(server, 'Host macpro\n  PubkeyAuthentication no\n');
      await server.kill();
      await server.start({ passwords: true });
    });
    after(async () => {
      await server.remove();
      await user.remove();
    });

    it('is tried with no password at all where nobody is there, also where it is a proxy', async () => {
      await server.admit('mac', user.name);
      await configure(server, 'Host mac\n  ProxyJump macpro\n');
      const log = join(server.folder, 'sshd.log');
      await assert.rejects(way('mac').runWith(undefined), /run ssh mac once in a terminal/);
      await until(
        'the end of its visit',
        () => readFile(log, 'utf8'),
        text => /Connection (?:closed|reset) by authenticating user/.test(text),
      );
      assert.doesNotMatch(await readFile(log, 'utf8'), /Failed (?:password|none)/);
    });

    it('is reached with what is typed, after a wrong one, too', async () => {
      const ask = answering('no', user.password);
      assert.equal(await way('macpro').runWith(ask), 'here\n');
      const sshAsks = `${user.name}@127.0.0.1's password`;
      assert.deepEqual(ask.asked, [
        { target: 'macpro', sshAsks, wrong: false },
        { target: 'macpro', sshAsks, wrong: true },
      ]);
    });
  });
} else console.log('1 not run: need root');
