import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isRunning } from '../../support/isRunning.ts';
import { until } from '../../support/until.ts';

const probe = join(import.meta.dirname, 'leashProbe.ts');

describe('A build that is on a leash', { skip: process.platform === 'win32' }, () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-leash-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** A shell that starts two others, each of which starts nothing more; all say which process they are. */
  const each =
    'eval "$0"; echo $$; [ "$1" = 0 ] || { sh -c "$2" "$0" 0 & sh -c "$2" "$0" 0 & }; while :; do sleep 1; done';
  async function begin(first: string) {
    const program = spawn(process.execPath, [probe, 'sh', '-c', each, first, '1', each]);
    let said = '';
    program.stdout.on('data', piece => {
      said += piece;
    });
    const pids = await until(
      'the family',
      () => said.split('\n').slice(0, -1).map(Number),
      pids => pids.length === 3,
    );
    return { program, pids };
  }
  const gone = (pids: readonly number[]) =>
    until(
      'the end of the whole family',
      () => Promise.all(pids.map(isRunning)),
      running => !running.includes(true),
      5000,
    );

  for (const [what, first] of [
    ['', ':'],
    [', also where it does not want to', "trap '' TERM HUP INT"],
  ] as const)
    it(`ends with all that it started where this program is killed${what}`, { timeout: 30_000 }, async () => {
      const { program, pids } = await begin(first);
      program.kill('SIGKILL');
      await once(program, 'exit');
      await gone(pids);
    });

  it('that comes to its end leaves what it started to itself', { timeout: 30_000 }, async () => {
    const script = 'sleep 30 >/dev/null 2>&1 & echo $! >"$0"; exit 3';
    const file = join(folder, 'daemon');
    const program = spawn(process.execPath, [probe, 'sh', '-c', script, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(program.stdout, 'data')) as [Buffer];
    await once(program, 'exit');
    const daemon = Number(await readFile(file, 'utf8'));
    try {
      assert.equal(`${said}`, 'ended with 3\n');
      assert.ok(await isRunning(daemon));
    } finally {
      process.kill(daemon);
    }
  });
});
