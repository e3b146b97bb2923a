import assert from 'node:assert/strict';
import { RootRefused, ToolNotStarted } from '../../src/tools/port/toolErrors.ts';
import { isRunning } from '../support/isRunning.ts';
import { until } from '../support/until.ts';
import { everythingThatProcessesShow, filesBelow } from '../support/whatShows.ts';
import { allowed, answering, asksEachTime, asRoot, describeRoot, type Test, whoami } from './rootSubject.ts';

const never = new AbortController().signal;

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
    'has no password where the question for it fails',
    async ({ user, runner, root }) => {
      user.allow(asksEachTime, allowed);
      const tried = root.during(
        () => Promise.reject(new Error('setRawMode EIO')),
        () => runner.run(whoami, never),
      );
      await assert.rejects(tried, refusal('passwordNotGiven', /no password was given/));
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

describeRoot('What needs root', tests);
