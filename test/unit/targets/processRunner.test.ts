import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { ProcessRunner } from '../../../src/targets/processRunner.ts';
import type { ToolCommand } from '../../../src/tools/port/toolCommand.ts';
import { ToolNotStarted } from '../../../src/tools/port/toolErrors.ts';
import { isRunning } from '../../support/isRunning.ts';
import { until } from '../../support/until.ts';

const runner = new ProcessRunner();
const never = new AbortController().signal;

function command(tool: string, argv: readonly string[], told: Partial<ToolCommand<undefined>> = {}) {
  return { tool, argv, asRoot: false, timeoutMs: 20_000, parse: () => undefined, ...told };
}

/** A program in Node's own language, so that no shell has a say. */
const script = (text: string, ...argv: readonly string[]) => command(process.execPath, ['-e', text, '--', ...argv]);
const echo = (...argv: readonly string[]) => script('console.log(JSON.stringify(process.argv.slice(1)))', ...argv);

describe('A tool that is run', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-runner-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is heard while it runs, in whole characters, and all that it said is given back as well', async () => {
    const pieces: string[] = [];
    const text = `process.stderr.write('wrong\\n');
      process.stdout.write(Buffer.from([0xe2, 0x82]));
      setTimeout(() => process.stdout.write(Buffer.from([0xac])), 100);
      setInterval(() => {}, 1000);`;
    // It would run on: what is heard of it is what ends it.
    const stop = new AbortController();
    const { stdout, stderr, cancelled, timedOut } = await runner.run(script(text), stop.signal, piece => {
      if (piece !== '') pieces.push(piece);
      if (pieces.includes('€') && pieces.includes('wrong\n')) stop.abort();
    });
    assert.deepEqual([cancelled, timedOut], [true, false]);
    assert.deepEqual([stdout, stderr, pieces.toSorted()], ['€', 'wrong\n', ['wrong\n', '€']]);
  });

  it('is the program that its user has in another place, which is named where none is there', async () => {
    const paths = new Map([['turbine', process.execPath]]);
    const own = new ProcessRunner(tool => paths.get(tool));
    const { stdout } = await own.run(command('turbine', ['-p', '6 * 7']), never);
    assert.equal(stdout, '42\n');
    paths.set('turbine', join(folder, 'turbine'));
    const missing = own.run(command('turbine', []), never);
    await assert.rejects(missing, new ToolNotStarted('turbine', `no such program at ${join(folder, 'turbine')}`, true));
  });

  it('gets its arguments unchanged, whatever a shell would make of them', async () => {
    const argv = [
      '',
      ' ',
      'a b',
      '"',
      "'",
      '\\',
      '$HOME',
      '`id`',
      '$(id)',
      '*',
      '~',
      'a\nb',
      '\t',
      ';rm',
      '&&',
      '|',
      '>',
      '#',
      '-x',
      '--',
      'ä€😀',
    ];
    const { stdout } = await runner.run(echo(...argv), never);
    assert.deepEqual(JSON.parse(stdout), argv);
  });

  it('gets any text as an argument', { timeout: 60_000 }, async () => {
    const argument = fc.string({ unit: 'grapheme' }).filter(text => !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { maxLength: 20 }), async argv => {
        const { stdout } = await runner.run(echo(...argv), never);
        assert.deepEqual(JSON.parse(stdout), argv);
      }),
      { numRuns: 12 },
    );
  });

  it('has both streams kept apart and whole, line ends included', async () => {
    const { stdout, stderr } = await runner.run(
      script("process.stdout.write('out\\n\\n'); process.stderr.write('err')"),
      never,
    );
    assert.deepEqual([stdout, stderr], ['out\n\n', 'err']);
  });

  it('may say a great deal', async () => {
    const { stdout } = await runner.run(script("process.stdout.write('x'.repeat(3_000_000))"), never);
    assert.equal(stdout.length, 3_000_000);
  });

  it('may end with any status: that is data', async () => {
    for (const status of [0, 1, 70, 127, 255]) {
      const { exitCode, signal } = await runner.run(script(`process.exit(${status})`), never);
      assert.deepEqual([exitCode, signal], [status, null]);
    }
  });

  it('may die by a signal: that is data, too', async () => {
    for (const name of ['SIGKILL', 'SIGTERM', 'SIGSEGV']) {
      const told = await runner.run(script(`process.kill(process.pid, '${name}'); setInterval(() => {}, 1000)`), never);
      assert.deepEqual([told.exitCode, told.signal, told.cancelled, told.timedOut], [null, name, false, false]);
    }
  });

  it('reads its input, bytes and all, and an empty one where there is none', async () => {
    const count = script(
      "process.stdin.on('data', d => process.stdout.write(d.toString('hex'))).on('end', () => console.log('.'))",
    );
    const { stdout } = await runner.run({ ...count, input: Uint8Array.from([0, 255, 10, 128]) }, never);
    assert.equal(stdout, '00ff0a80.\n');
    assert.equal((await runner.run(count, never)).stdout, '.\n');
  });

  it('that does not read its input does no harm', async () => {
    const { exitCode } = await runner.run({ ...script('process.exit(3)'), input: new Uint8Array(2_000_000) }, never);
    assert.equal(exitCode, 3);
  });

  it('runs in its folder, with its variables added to the environment', async () => {
    const where = script('console.log(process.cwd(), process.env.TURBINE, process.env.PATH === undefined)');
    const { stdout } = await runner.run({ ...where, folder, environment: { TURBINE: 'a b' } }, never);
    assert.equal(stdout, `${folder} a b false\n`);
  });

  it('that is missing is told apart from a folder that is', async () => {
    await assert.rejects(runner.run(command('no-such-program', []), never), error => {
      assert.ok(error instanceof ToolNotStarted);
      assert.deepEqual([error.tool, error.missing], ['no-such-program', true]);
      return true;
    });
    await assert.rejects(runner.run({ ...echo(), folder: join(folder, 'gone') }, never), error => {
      assert.ok(error instanceof ToolNotStarted);
      assert.equal(error.missing, false);
      assert.ok(
        error.message.endsWith(`did not start: the folder ${join(folder, 'gone')} does not exist`),
        error.message,
      );
      return true;
    });
  });

  it('that may not be executed did not start, and is not missing', async () => {
    const file = join(folder, 'no-program');
    await writeFile(file, 'text');
    await chmod(file, 0o644);
    await assert.rejects(runner.run(command(file, []), never), error => {
      assert.ok(error instanceof ToolNotStarted);
      assert.equal(error.missing, false);
      return true;
    });
  });
});

describe('Tools that are run together', () => {
  it('run at the same time, and their endings come in the order of the commands', async () => {
    // The first ends when the second has begun.
    const folder = await mkdtemp(join(tmpdir(), 'kext-dev-together-'));
    try {
      const file = join(folder, 'begun');
      const waits = script(
        `const { existsSync } = require('fs');
         setInterval(() => { if (existsSync(process.argv[1])) { console.log('first'); process.exit(3); } }, 10);`,
        file,
      );
      const begins = script("require('fs').writeFileSync(process.argv[1], ''); console.log('second')", file);
      const endings = await runner.runTogether([waits, begins], never);
      assert.deepEqual(
        endings.map(ending => (ending instanceof Error ? ending.message : [ending.stdout, ending.exitCode])),
        [
          ['first\n', 3],
          ['second\n', 0],
        ],
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('of which one is missing: that is its ending, and what the others said is there', async () => {
    const [missing, said] = await runner.runTogether([command('no-such-program', []), echo('a')], never);
    assert.ok(missing instanceof ToolNotStarted && missing.missing);
    assert.ok(said !== undefined && !(said instanceof Error));
    assert.equal(said.stdout, '["a"]\n');
  });

  it('all end by a cancellation', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kext-dev-together-'));
    try {
      const files = ['a', 'b'].map(name => join(folder, name));
      const text = "require('fs').writeFileSync(process.argv[1], ''); setInterval(() => {}, 1000);";
      const stop = new AbortController();
      const running = runner.runTogether(
        files.map(file => script(text, file)),
        stop.signal,
      );
      await until(
        'both',
        async () => readdir(folder),
        begun => begun.length === 2,
      );
      stop.abort();
      assert.ok((await running).every(ending => !(ending instanceof Error) && ending.cancelled));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('A tool that is ended', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-runner-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Starts a child that starts a child, and waits; both write their pids, and both do `atEnd` when they are asked to end. */
  const family = (name: string, atEnd = '') =>
    script(
      `const fs = require('fs'), cp = require('child_process'), path = process.argv[1];
       const deep = Number(process.argv[2]);
       ${atEnd}
       if (deep > 0) cp.spawn(process.execPath, ['-e', process.env.SELF, '--', path, String(deep - 1)], { stdio: 'inherit' });
       fs.writeFileSync(path + '.' + deep, String(process.pid));
       setInterval(() => {}, 1000);`,
      join(folder, name),
      '2',
    );
  const withSelf = (told: ToolCommand<undefined>) => ({ ...told, environment: { SELF: told.argv[1] ?? '' } });
  const pids = (name: string) => Promise.all([0, 1, 2].map(deep => pidIn(`${join(folder, name)}.${deep}`)));

  const pidIn = (file: string) =>
    until(
      file,
      async () => Number(await readFile(file, 'utf8').catch(() => '')),
      pid => pid > 0,
    );
  /** A process that was killed has closed its output a moment before it is gone. */
  const gone = (all: readonly number[]) =>
    until(
      'the end of the whole family',
      () => Promise.all(all.map(isRunning)),
      running => !running.includes(true),
      2000,
    );

  it('by a cancellation ends with all that it started', { timeout: 20_000 }, async () => {
    const stop = new AbortController();
    const running = runner.run(withSelf(family('cancelled')), stop.signal);
    const all = await pids('cancelled');
    stop.abort();
    const { cancelled, timedOut } = await running;
    assert.deepEqual([cancelled, timedOut], [true, false]);
    await gone(all);
  });

  it('by its time limit ends with all that it started', { timeout: 20_000 }, async () => {
    const running = runner.run({ ...withSelf(family('late')), timeoutMs: 5000 }, never);
    const all = await pids('late');
    const { cancelled, timedOut } = await running;
    assert.deepEqual([cancelled, timedOut], [false, true]);
    await gone(all);
  });

  it('and does not want to is killed after a grace', { timeout: 20_000 }, async () => {
    const stop = new AbortController();
    const deaf = family('deaf', "for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {});");
    const running = runner.run(withSelf(deaf), stop.signal);
    const all = await pids('deaf');
    stop.abort();
    assert.equal((await running).cancelled, true);
    await gone(all);
  });

  it('before it began never begins', async () => {
    const file = join(folder, 'begun');
    const begin = script("require('fs').writeFileSync(process.argv[1], '')", file);
    await assert.rejects(runner.run(begin, AbortSignal.abort()), { name: 'AbortError' });
    await assert.rejects(readFile(file), { code: 'ENOENT' });
  });
});
