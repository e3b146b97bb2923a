import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { SshTarget } from '../../src/targets/sshTarget.ts';
import { visiting } from '../../src/tools/port/runner.ts';
import type { ToolCommand } from '../../src/tools/port/toolCommand.ts';
import { HostNotReached, ToolNotStarted } from '../../src/tools/port/toolErrors.ts';
import type { ToolOutput } from '../../src/tools/port/toolOutput.ts';
import { isRunning } from '../support/isRunning.ts';
import { openSshServer, type SshServer } from '../support/sshServer.ts';
import { until } from '../support/until.ts';

const never = new AbortController().signal;

function command(tool: string, argv: readonly string[], told: Partial<ToolCommand<undefined>> = {}) {
  return { tool, argv, asRoot: false, timeoutMs: 20_000, parse: () => undefined, ...told };
}

const script = (text: string, ...argv: readonly string[]) => command(process.execPath, ['-e', text, '--', ...argv]);
const shell = (text: string, told: Partial<ToolCommand<undefined>> = {}) => command('sh', ['-c', text], told);

describe('A tool that runs over SSH', { timeout: 120_000 }, () => {
  let server: SshServer;
  let target: SshTarget;
  before(async () => {
    server = await openSshServer({ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'de_DE.UTF-8' });
    Object.assign(process.env, server.environment);
    const parts = { host: 'mini', state: join(server.folder, 'state'), environment: process.env, log: () => undefined };
    target = new SshTarget({ ...parts, processes: new ProcessRunner() });
    await target.connection(never);
  });
  after(() => server.remove());
  afterEach(async () => {
    assert.deepEqual(await readdir(server.temporary), [], 'a file of an input is left');
  });
  /** A shell that ends behind a visit takes its folder with it. */
  const tidied = () =>
    until(
      'a tidy folder for temporary files',
      () => readdir(server.temporary),
      names => names.length === 0,
    );

  const run = (told: ToolCommand<unknown>, signal = never) => target.runner.run(told, signal);

  it('gets its arguments, variables, folder and input as they are, whatever a shell would make of them', async () => {
    const argv = [
      '',
      ' ',
      '"',
      "'",
      '\\',
      '$HOME',
      '`id`',
      '$(id)',
      '*',
      '~',
      'a\nb',
      '\t\r',
      ';rm',
      '!x',
      '-oX',
      'ä€😀',
      'x'.repeat(4096),
    ];
    const text = `const of = [process.argv.slice(1), process.env.TURBINE, process.cwd(), require('fs').readFileSync(0, 'hex')];
      console.log(JSON.stringify(of))`;
    const told = { ...script(text, ...argv), environment: { TURBINE: argv.join('|') }, folder: server.folder };
    const { stdout } = await run({ ...told, input: Uint8Array.from([0, 255, 10, 128]) });
    assert.deepEqual(JSON.parse(stdout), [argv, argv.join('|'), server.folder, '00ff0a80']);
    assert.equal(JSON.parse((await run(told)).stdout)[3], '');
  });

  it('has both streams whole and apart, and any status is data, 255 too', async () => {
    for (const status of [0, 1, 70, 126, 127, 128, 200, 255]) {
      const { stdout, stderr, exitCode, signal } = await run(
        shell(`printf 'out\\n\\n'; printf err >&2; exit ${status}`),
      );
      assert.deepEqual([stdout, stderr, exitCode, signal], ['out\n\n', 'err', status, null]);
    }
  });

  it('may die by a signal, which is told by its name', async () => {
    for (const name of ['KILL', 'TERM', 'SEGV']) {
      const { stdout, stderr, exitCode, signal } = await run(shell(`echo before; kill -${name} $$`));
      assert.deepEqual([stdout, stderr, exitCode, signal], ['before\n', '', null, `SIG${name}`]);
    }
  });

  it('speaks plain English, whatever language its machine is set to, and finds what lies in /usr/sbin', async () => {
    const { stdout } = await run(shell('locale | grep ^LC_; echo "$PATH"'));
    assert.match(stdout, /^(LC_\w+="?C"?\n){6,}.*:\/usr\/sbin:\/sbin\n$/);
  });

  it('goes in a visit by one start of ssh with those before it, and finds all as they did', async () => {
    await server.takeStarts();
    const [one, other] = [
      shell('cat; echo "$PATH $TURBINE $PWD"', {
        input: Uint8Array.from([111, 10]),
        environment: { TURBINE: 'one' },
        folder: '/',
      }),
      shell('echo "$PATH $TURBINE $PWD"; kill -TERM $$'),
    ];
    const inAVisit = await visiting(target.runner, async there => {
      const first = await there.run(one, never);
      return [first, ...(await there.runTogether([one, other], never)), await there.run(other, never)];
    });
    assert.equal(await server.takeStarts(), 1);
    const [alone, otherAlone] = [await run(one), await run(other)];
    assert.deepEqual(inAVisit, [alone, alone, otherAlone, otherAlone]);
    await tidied();
  });

  it('that hangs in a visit is ended, and those behind it get another start', async () => {
    const beside = await visiting(target.runner, async there => {
      await there.run(shell('echo before'), never);
      const { timedOut } = await there.run(shell('sleep 600', { timeoutMs: 300 }), never);
      const both = await Promise.all([
        there.run(shell('sleep 0.2; echo one'), never),
        there.run(shell('echo two'), never),
      ]);
      return [timedOut, ...both.map(({ stdout }) => stdout)];
    });
    assert.deepEqual(beside, [true, 'one\n', 'two\n']);
  });

  it('finds a connection that broke in a visit, as any other call does', async () => {
    const tried = visiting(target.runner, async there => {
      await there.run(shell('echo before'), never);
      const running = there.run(shell('sleep 600'), never);
      await Promise.all([assert.rejects(running, HostNotReached), server.killConnections()]);
      return (await there.run(shell('echo after'), never)).stdout;
    });
    assert.equal(await tried, 'after\n');
  });

  it('is heard while it runs, in whole characters', async () => {
    const pieces: string[] = [];
    const stop = new AbortController();
    const text =
      'process.stdout.write(Buffer.from([0xe2, 0x82])); setTimeout(() => process.stdout.write(Buffer.from([0xac])), 50); setInterval(() => {}, 1000)';
    const { stdout, cancelled } = await target.runner.run(script(text), stop.signal, piece => {
      pieces.push(piece);
      stop.abort();
    });
    assert.deepEqual([pieces, stdout, cancelled], [['€'], '€', true]);
  });

  it('may flood: 100 MB come back to the last byte, beside the other stream', async () => {
    const text =
      "let n = 100; const more = () => n-- > 0 ? process.stdout.write('x'.repeat(999_999) + '\\n', more) : process.stderr.write('done'); more()";
    const { stdout, stderr, exitCode } = await run(script(text));
    assert.deepEqual([stdout.length, stdout.endsWith('xx\n'), stderr, exitCode], [100_000_000, true, 'done', 0]);
  });

  it('that is missing, may not be executed or has no folder did not start, each for its reason', async () => {
    const reasons: [ToolCommand<unknown>, boolean, RegExp][] = [
      [command('no-such-program', []), true, /no-such-program was not found: no such program on the PATH/],
      [command('/no/such/program', []), true, /was not found/],
      [command(server.config, []), false, /did not start: it may not be executed/],
      [{ ...command('true', []), folder: '/gone' }, false, /did not start: the folder \/gone does not exist/],
      [command('true', ['\0']), false, /NUL/],
      [command('-x', []), false, /is no name of a program/],
      [{ ...command('true', []), environment: { 'A B': '' } }, false, /is no name of a variable/],
    ];
    for (const [told, missing, message] of reasons)
      await assert.rejects(run(told), error => {
        assert.ok(error instanceof ToolNotStarted, String(error));
        assert.equal(error.missing, missing, error.message);
        assert.match(error.message, message);
        return true;
      });
  });

  it('that does not read its input does no harm, and a large one comes whole', async () => {
    assert.equal((await run({ ...shell('exit 3'), input: new Uint8Array(200_000) })).exitCode, 3);
    assert.match((await run({ ...shell('wc -c'), input: new Uint8Array(200_000) })).stdout, /^\s*200000\n$/);
  });

  /** A tool that starts another one, and does nothing but wait; both write their pids. */
  const family = (name: string, trap = '') =>
    shell(
      `${trap} echo said; sh -c '${trap} echo $$ >${join(server.folder, name)}.child; while :; do sleep 1; done' & echo $$ >${join(server.folder, name)}; wait; while :; do sleep 1; done`,
    );
  const pidsOf = (name: string) =>
    Promise.all(
      [name, `${name}.child`].map(file =>
        until(
          file,
          async () => Number(await readFile(join(server.folder, file), 'utf8').catch(() => '')),
          pid => pid > 0,
        ),
      ),
    );
  const gone = (pids: readonly number[]) =>
    until(
      'the end of the far processes',
      () => Promise.all(pids.map(isRunning)),
      running => !running.includes(true),
    );

  it('ends by a cancellation with all that it started, and what it said is there', async () => {
    for (const [name, trap] of [
      ['polite', ''],
      ['stubborn', 'trap "" TERM;'],
    ] as const) {
      const stop = new AbortController();
      const running = run(family(name, trap), stop.signal);
      const pids = await pidsOf(name);
      stop.abort();
      const { cancelled, timedOut, stdout } = await running;
      assert.deepEqual([cancelled, timedOut, stdout], [true, false, 'said\n']);
      await gone(pids);
    }
  });

  it('ends when its time is over, with all that it started', async () => {
    const running = run({ ...family('late'), timeoutMs: 500 });
    const pids = await pidsOf('late');
    const { cancelled, timedOut, stdout } = await running;
    assert.deepEqual([cancelled, timedOut, stdout], [false, true, 'said\n']);
    await gone(pids);
  });

  it('goes together with others in one round trip: each has its own, and none is lost by another one', async () => {
    await server.takeStarts();
    const endings = await target.runner.runTogether(
      [
        shell('echo one; echo wrong >&2; exit 3'),
        command('no-such-program', []),
        { ...shell('cat; cat >&2'), input: Buffer.from('in\0put') },
        shell('kill -9 $$'),
        command(server.config, []),
        script("process.stdout.write(Buffer.from([...Array(256).keys()]).toString('latin1'))"),
        { ...shell('pwd; echo "$A"'), folder: '/usr', environment: { A: 'x\ny' } },
      ],
      never,
    );
    assert.equal(await server.takeStarts(), 1);
    const told = (ending: ToolOutput) => [ending.stdout, ending.stderr, ending.exitCode ?? ending.signal];
    assert.deepEqual(
      endings.map(ending => (ending instanceof Error ? ending.missing : told(ending))),
      [
        ['one\n', 'wrong\n', 3],
        true,
        ['in\0put', '', 0],
        ['', '', 'SIGKILL'],
        false,
        [String.fromCharCode(...Array(256).keys()), '', 0],
        ['/usr\nx\ny\n', '', 0],
      ],
    );
  });

  it('that hangs among others costs them another round trip and nothing else', async () => {
    await server.takeStarts();
    const endings = await target.runner.runTogether(
      [shell('echo one'), { ...shell('echo part; exec sleep 600'), timeoutMs: 300 }, shell('echo three')],
      never,
    );
    assert.equal(await server.takeStarts(), 2);
    assert.deepEqual(
      endings.map(ending => (ending instanceof Error ? ending.message : [ending.stdout, ending.timedOut])),
      [
        ['one\n', false],
        ['part\n', true],
        ['three\n', false],
      ],
    );
  });

  it('all end by a cancellation', async () => {
    const stop = new AbortController();
    const running = target.runner.runTogether(
      [shell('echo one'), family('together'), shell('echo three')],
      stop.signal,
    );
    const pids = await pidsOf('together');
    stop.abort();
    const endings = await running;
    assert.deepEqual(
      endings.map(ending => (ending instanceof Error ? ending.message : [ending.stdout, ending.cancelled])),
      [
        ['one\n', false],
        ['said\n', true],
        ['', true],
      ],
    );
    await gone(pids);
  });
});
