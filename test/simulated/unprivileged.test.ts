import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildWhenStale } from '../support/bundles.ts';
import { demoNames, readDemo, renameDemo, writeDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { makeUnprivilegedUser, type UnprivilegedUser } from '../support/unprivilegedUser.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

describe('A user without rights, with a product that belongs to root', { timeout: 180_000 }, () => {
  let user: UnprivilegedUser;
  let project: string;
  before(async () => {
    await buildWhenStale();
    user = makeUnprivilegedUser();
    project = join(user.home, 'project');
    await writeDemo(files, project);
    if (user.ids !== undefined) execFileSync('chown', ['-R', `${user.ids.uid}:${user.ids.gid}`, project]);
  });
  after(() => user.remove());

  function start(command: string, state = join(user.home, 'state')) {
    const argv = [user.program, command, '--target', 'simulated', '--project', project, '--state', state];
    const environment = { PATH: process.env.PATH, HOME: user.home, LANG: 'C.UTF-8' };
    return spawn(user.node, argv, {
      ...user.ids,
      env: environment,
      cwd: user.home,
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
  }
  async function run(command: string, state?: string) {
    const child = start(command, state);
    const status = new Promise<number | null>(resolve => child.once('close', resolve));
    return { stdout: await text(child.stdout), stderr: await text(child.stderr), status: await status };
  }

  it('builds the Simulated Mac and the kext, loads it, is refused and goes on', async () => {
    const outcomes: string[] = [];
    for (const command of ['reload', 'exercise', 'reload', 'restart', 'reload', 'unload']) {
      const { status, stderr } = await run(command);
      outcomes.push(`${command} ${status}`);
      assert.doesNotMatch(stderr, /EACCES|Permission/i);
    }
    assert.deepEqual(outcomes, ['reload 0', 'exercise 0', 'reload 1', 'restart 0', 'reload 0', 'unload 0']);
  });

  it('is told in one line where the state cannot be written', async () => {
    const { status, stdout, stderr } = await run('status', '/usr/kext-dev-state');
    assert.equal(stdout, '');
    assert.notEqual(status, 0);
    assert.match(stderr, /^[^\n]*\/usr\/kext-dev-state[^\n]*\n$/);
  });

  it('who may not write into the project: the build says so', async () => {
    execFileSync('chmod', ['-R', 'a-w', project]);
    execFileSync('rm', ['-rf', join(project, 'build')]);
    if (user.ids !== undefined) execFileSync('chown', ['-R', '0:0', project]);
    const { status, stdout } = await run('reload');
    assert.equal(status, 1);
    assert.match(stdout, /Permission denied/);
    assert.match(stdout, /The build failed: make exited with 2\./);
    execFileSync('chmod', ['-R', 'u+w', project]);
    if (user.ids !== undefined) execFileSync('chown', ['-R', `${user.ids.uid}:${user.ids.gid}`, project]);
  });

  it('can end a build with all that it started', async () => {
    const makefile = "all:\n\t@sh -c 'echo $$$$ > parent; sleep 600 & echo $$! > child; wait'\n";
    await writeDemo(new Map([['Makefile', makefile]]), project);
    const child = start('reload');
    const ended = new Promise<number | null>(resolve => child.once('close', resolve));
    const pids: number[] = [];
    for (const name of ['parent', 'child']) {
      for (;;) {
        const pid = Number(await readFile(join(project, name), 'utf8').catch(() => ''));
        if (pid > 0 && pids.push(pid)) break;
        await sleep(20);
      }
    }
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    for (const pid of pids) {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
      assert.ok(stat === undefined || /\) [ZX] /.test(stat), stat);
    }
  });
});
