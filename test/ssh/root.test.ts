import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import { localShell } from '../../src/targets/localShell.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { RootAccess } from '../../src/targets/rootAccess.ts';
import { ScriptRunner } from '../../src/targets/scriptRunner.ts';
import type { HeldProcesses, ScriptShell } from '../../src/targets/scriptShell.ts';
import { sshControlPath } from '../../src/targets/sshControl.ts';
import { sshShell } from '../../src/targets/sshShell.ts';
import type { AskPassword, PasswordQuestion } from '../../src/tools/target.ts';
import type { ToolCommand } from '../../src/tools/toolCommand.ts';
import { RootRefused, ToolNotStarted } from '../../src/tools/toolErrors.ts';
import { ensureTools } from '../support/debianPackages.ts';
import { isRunning } from '../support/isRunning.ts';
import { openSshServer, type SshServer } from '../support/sshServer.ts';
import { canMakeUsers, makeSudoUser, type SudoUser } from '../support/sudoUser.ts';
import { until } from '../support/until.ts';
import { everythingThatProcessesShow, filesBelow } from '../support/whatShows.ts';

const never = new AbortController().signal;

/** sudo remembers nothing from one call to the next, so that each asks. */
const asksEachTime = 'Defaults:USER timestamp_timeout=0';
const allowed = 'USER ALL=(ALL) ALL';

function asRoot(tool: string, argv: readonly string[], told: Partial<ToolCommand<undefined>> = {}) {
  return { tool, argv, asRoot: true, timeoutMs: 20_000, parse: () => undefined, ...told };
}

const whoami = asRoot('id', ['-u']);

/** Answers with these, one after another, and keeps what it was asked. */
function answering(...answers: readonly (string | undefined)[]): AskPassword & { readonly asked: PasswordQuestion[] } {
  const asked: PasswordQuestion[] = [];
  const ask = async (question: PasswordQuestion) => {
    asked.push(question);
    return answers[asked.length - 1];
  };
  return Object.assign(ask, { asked });
}

interface Subject {
  readonly user: SudoUser;
  readonly called: string;
  readonly runner: ScriptRunner;
  readonly root: RootAccess;
  /** Where its shells keep temporary files. */
  readonly temporary: string;
}

type Test = readonly [name: string, test: (subject: Subject) => Promise<void>];

const refusal = (problem: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof RootRefused, String(error));
  assert.deepEqual([error.problem, message.test(error.message)], [problem, true], error.message);
  return true;
};

const tests: readonly Test[] = [
  [
    'runs without a question where sudo asks for no password',
    async ({ user, runner, root }) => {
      user.allow('USER ALL=(ALL) NOPASSWD: ALL');
      const ask = answering();
      const { stdout, exitCode } = await root.during(ask, () => runner.run(whoami, never));
      assert.deepEqual([stdout, exitCode, ask.asked], ['0\n', 0, []]);
      assert.equal((await runner.run(whoami, never)).stdout, '0\n');
    },
  ],
  [
    'asks once for all that an operation does, and again in the next one',
    async ({ user, called, runner, root }) => {
      user.allow(asksEachTime, allowed);
      const ask = answering(user.password, user.password);
      await root.during(ask, async () => {
        for (let time = 0; time < 2; time++) assert.equal((await runner.run(whoami, never)).stdout, '0\n');
        const together = await runner.runTogether([whoami, { ...whoami, asRoot: false }, whoami], never);
        const said = together.map(ending => (ending instanceof Error ? ending.message : ending.stdout));
        assert.deepEqual(said, ['0\n', `${user.uid}\n`, '0\n']);
      });
      assert.deepEqual(ask.asked, [{ target: called, tool: 'id', wrong: false }]);
      await root.during(ask, () => runner.run(whoami, never));
      assert.equal(ask.asked.length, 2);
    },
  ],
  [
    'asks again after a wrong password, and says that it was wrong',
    async ({ user, runner, root }) => {
      user.allow(asksEachTime, allowed);
      const ask = answering('no', user.password);
      const { stdout } = await root.during(ask, () => runner.run(whoami, never));
      assert.deepEqual([stdout, ask.asked.map(({ wrong }) => wrong)], ['0\n', [false, true]]);
    },
  ],
  [
    'gives up after three wrong ones',
    async ({ user, runner, root }) => {
      user.allow(asksEachTime, allowed);
      const ask = answering('a', 'b', 'c', 'd');
      await assert.rejects(
        root.during(ask, () => runner.run(whoami, never)),
        refusal('passwordWrong', /^id did not start: sudo on .* did not take the password, 3 times$/),
      );
      assert.equal(ask.asked.length, 3);
    },
  ],
  [
    'asks no more in an operation in which none was given',
    async ({ user, runner, root }) => {
      user.allow(asksEachTime, allowed);
      const ask = answering(undefined);
      await root.during(ask, async () => {
        for (let time = 0; time < 2; time++)
          await assert.rejects(runner.run(whoami, never), refusal('passwordNotGiven', /no password was given/));
      });
      assert.equal(ask.asked.length, 1);
    },
  ],
  [
    'says what to do where nobody is there to be asked',
    async ({ user, runner }) => {
      user.allow(asksEachTime, allowed);
      await assert.rejects(
        runner.run(whoami, never),
        refusal('passwordNeeded', /asks for a password, and nobody is here to give it: .*NOPASSWD/),
      );
    },
  ],
  [
    'says who may not: a user whom sudo does not know',
    async ({ user, runner, root }) => {
      user.allow();
      const tried = root.during(answering(user.password), () => runner.run(whoami, never));
      await assert.rejects(tried, refusal('notInSudoers', new RegExp(`${user.name} may run nothing as root on `)));
    },
  ],
  [
    'says what may not be run',
    async ({ user, runner }) => {
      user.allow('USER ALL=(ALL) NOPASSWD: /usr/bin/id');
      assert.equal((await runner.run(whoami, never)).stdout, '0\n');
      const tried = runner.run(asRoot('true', []), never);
      await assert.rejects(tried, (error: unknown) => {
        assert.ok(error instanceof RootRefused);
        return ['notAllowed', 'passwordNeeded'].includes(error.problem);
      });
    },
  ],
  [
    'says that sudo wants a terminal',
    async ({ user, runner }) => {
      user.allow('Defaults:USER requiretty', 'USER ALL=(ALL) NOPASSWD: ALL');
      await assert.rejects(
        runner.run(whoami, never),
        refusal('terminalNeeded', /wants a terminal: take requiretty out/),
      );
    },
  ],
  [
    'says that there is no sudo, and that sudo does not find the tool',
    async ({ user, runner }) => {
      user.allow('USER ALL=(ALL) NOPASSWD: ALL');
      const without = asRoot('id', [], { environment: { PATH: '/nowhere' } });
      await assert.rejects(
        runner.run(without, never),
        /^ToolNotStarted: id did not start: it needs root, and there is no sudo$/,
      );
      await assert.rejects(runner.run(asRoot('no-such-tool', []), never), (error: unknown) => {
        assert.ok(error instanceof ToolNotStarted && error.missing, String(error));
        return true;
      });
    },
  ],
  [
    'keeps the password out of arguments, environments and files',
    async ({ user, runner, root, temporary }) => {
      user.allow(asksEachTime, allowed);
      const running = root.during(answering(user.password), () => runner.run(asRoot('sleep', ['0.7']), never));
      const seen: string[] = [];
      let ended = false;
      void running.finally(() => {
        ended = true;
      });
      while (!ended) seen.push(...(await everythingThatProcessesShow()), ...(await filesBelow(temporary)));
      assert.equal((await running).exitCode, 0);
      assert.ok(
        seen.some(text => text.includes('sudo')),
        'nothing was looked at',
      );
      assert.deepEqual(
        seen.filter(text => text.includes(user.password) || text.includes('+-$(id)')),
        [],
      );
    },
  ],
  [
    'lets a root process finish when it is cancelled, and gives what it said',
    async ({ user, runner }) => {
      user.allow('USER ALL=(ALL) NOPASSWD: ALL');
      const stop = new AbortController();
      const begun: string[] = [];
      const tool = asRoot('sh', ['-c', 'echo begun; sleep 0.5; echo done']);
      const running = runner.run(tool, stop.signal, piece => {
        begun.push(piece);
        stop.abort();
      });
      const { stdout, exitCode, cancelled } = await running;
      assert.deepEqual([begun[0], stdout, exitCode, cancelled], ['begun\n', 'begun\ndone\n', 0, false]);
    },
  ],
  [
    'gets an input while it comes where sudo does not ask, and else all of it before',
    async ({ user, runner, root }) => {
      const input = randomBytes(3_000_000);
      const tool = asRoot('sh', ['-c', 'id -u; sha256sum'], { input, streams: true });
      const digest = createHash('sha256').update(input).digest('hex');
      for (const allows of [['USER ALL=(ALL) NOPASSWD: ALL'], [asksEachTime, allowed]]) {
        user.allow(...allows);
        const ask = answering(user.password);
        const endings = await root.during(ask, () => runner.runTogether([tool, whoami], never));
        const said = endings.map(ending => (ending instanceof Error ? ending.message : ending.stdout));
        assert.deepEqual([said, ask.asked.length], [[`0\n${digest}  -\n`, '0\n'], allows.length - 1]);
      }
    },
  ],
  [
    'may end before its input has come: what it has not read is nobody else’s',
    async ({ user, runner }) => {
      user.allow('USER ALL=(ALL) NOPASSWD: ALL');
      const tool = asRoot('head', ['-c', '3'], {
        input: new TextEncoder().encode('one\n'.repeat(500_000)),
        streams: true,
      });
      await runner.visit(async there => {
        const [first, second] = await there.runTogether([tool, whoami], never);
        assert.deepEqual(
          [first, second].map(ending => (ending as { stdout?: string }).stdout),
          ['one', '0\n'],
        );
        assert.equal((await there.run(whoami, never)).stdout, '0\n');
      });
    },
  ],
  [
    'that is cancelled while its input comes reads the end of it, and comes to its own',
    async ({ user, runner }) => {
      user.allow('USER ALL=(ALL) NOPASSWD: ALL');
      const stop = new AbortController();
      const input = new Uint8Array(50_000_000);
      const tool = asRoot('wc', ['-c'], { input, streams: true });
      const { stdout } = await runner.run(tool, stop.signal, undefined, sent => {
        if (sent > 1_000_000) stop.abort();
      });
      assert.ok(Number(stdout) > 0 && Number(stdout) < input.length, stdout);
    },
  ],
  [
    'asks in a visit as it does in calls by themselves',
    async ({ user, runner, root }) => {
      user.allow(asksEachTime, allowed);
      const ask = answering('no', user.password);
      await root.during(ask, () =>
        runner.visit(async there => {
          for (let time = 0; time < 3; time++) assert.equal((await there.run(whoami, never)).stdout, '0\n');
        }),
      );
      assert.deepEqual(
        ask.asked.map(({ wrong }) => wrong),
        [false, true],
      );
    },
  ],
  [
    'reports a root process that is past its time, with its pid, and it goes on',
    async ({ user, runner }) => {
      user.allow('USER ALL=(ALL) NOPASSWD: ALL');
      const { timedOut, pid = 0 } = await runner.run(asRoot('sleep', ['600'], { timeoutMs: 400 }), never);
      assert.deepEqual([timedOut, await isRunning(pid)], [true, true]);
      process.kill(pid, 'SIGTERM');
      await until(
        'its end',
        () => isRunning(pid),
        running => !running,
      );
    },
  ],
  [
    'gets its input, folder and variables as any tool does',
    async ({ user, runner }) => {
      user.allow('USER ALL=(ALL) NOPASSWD: ALL');
      const told = { input: Uint8Array.from([1, 10, 0, 255]), folder: '/', environment: { TURBINE: '$(id) "x"' } };
      const { stdout } = await runner.run(asRoot('sh', ['-c', 'pwd; printenv TURBINE; od -An -tx1'], told), never);
      assert.equal(stdout, '/\n$(id) "x"\n 01 0a 00 ff\n');
    },
  ],
];

/** Runs as another user what is to run on this machine. */
function processesOf(user: SudoUser, temporary: string): HeldProcesses {
  const host = new ProcessRunner();
  return {
    runHeld: (command, signal, hold) => {
      const ids = ['--reuid', user.name, '--regid', user.name, '--clear-groups'];
      const argv = [...ids, 'env', `TMPDIR=${temporary}`, `HOME=${user.home}`, command.tool, ...command.argv];
      return host.runHeld({ ...command, tool: 'setpriv', argv }, signal, hold);
    },
  };
}

if (canMakeUsers)
  describe('What needs root', { timeout: 180_000 }, () => {
    let server: SshServer;
    let user: SudoUser;
    before(async () => {
      await ensureTools(['sudo']);
      user = makeSudoUser();
      server = await openSshServer({ TMPDIR: user.home });
      await server.admit('macpro', user.name);
    });
    after(async () => {
      await server.remove();
      await user.remove();
    });
    afterEach(async () => {
      await until(
        'a tidy folder for temporary files',
        () => readdir(user.home),
        names => names.length === 0,
      );
    });

    function subject(shell: ScriptShell, processes: HeldProcesses): Subject {
      const root = new RootAccess();
      return {
        user,
        called: shell.called,
        runner: new ScriptRunner(processes, shell, root),
        root,
        temporary: user.home,
      };
    }

    function overSsh(): Subject {
      Object.assign(process.env, server.environment);
      const controlPath = () => sshControlPath('macpro', process.env);
      return subject(sshShell({ host: 'macpro', controlPath }), new ProcessRunner());
    }

    for (const [name, test] of tests) {
      it(`over SSH ${name}`, () => test(overSsh()));
      it(`on this machine ${name}`, () => test(subject(localShell('this Mac'), processesOf(user, user.home))));
    }
  });
else console.log(`${2 * tests.length} not run: need root`);
