import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withStateLock, worksUnderLock } from '../../../src/simulator/stateLock.ts';
import type { ExclusiveTurn } from '../../../src/tools/port/target.ts';

const never = new AbortController().signal;

describe('The lock of a state folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kext-dev-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives back what the work gives, and leaves nothing behind', async () => {
    assert.equal(await withStateLock(join(folder, 'state'), never, async () => 42), 42);
    assert.deepEqual(readdirSync(join(folder, 'state')), []);
  });

  it('is free again after work that failed', async () => {
    await assert.rejects(
      withStateLock(folder, never, () => Promise.reject(new Error('broken'))),
      /broken/,
    );
    assert.equal(await withStateLock(folder, never, async () => 'free'), 'free');
  });

  it('lets calls of one process in one after another', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise(resolve => setTimeout(resolve, 3));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => withStateLock(folder, never, work)));
    assert.equal(most, 1);
  });

  it('is not waited for any longer once the wait is cancelled', async () => {
    const stop = new AbortController();
    await withStateLock(folder, never, async () => {
      const waiting = withStateLock(folder, stop.signal, async () => assert.fail('got in'));
      setTimeout(() => stop.abort(), 20);
      await assert.rejects(waiting, { name: 'AbortError' });
    });
    assert.deepEqual(readdirSync(folder), []);
  });

  it('tells whoever waits, once, what it waits for', async () => {
    const told: string[] = [];
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const waits = (behind: string) => {
      told.push(behind);
      setTimeout(ask, 50);
    };
    let second: Promise<string> | undefined;
    const first = withStateLock(
      folder,
      never,
      async () => {
        second = withStateLock(folder, never, async () => 'in', { doing: 'Unload org.a', waits });
        await asked;
      },
      { doing: 'Reload org.a' },
    );
    await first;
    assert.equal(await second, 'in');
    assert.deepEqual(told, [`Reload org.a, process ${process.pid}`]);
  });

  /** One that has the lock until `done`. */
  async function holding(done: Promise<void>, turn: Partial<ExclusiveTurn> = {}) {
    const { promise: inside, resolve: isInside } = Promise.withResolvers<void>();
    const work = () => {
      isInside();
      return done;
    };
    const end = withStateLock(folder, never, work, turn);
    await inside;
    return { end };
  }

  it('says what works under it, while that works', async () => {
    assert.equal(await worksUnderLock(folder), undefined);
    await withStateLock(
      folder,
      never,
      async () => assert.equal(await worksUnderLock(folder), `Reload org.a, process ${process.pid}`),
      { doing: 'Reload org.a' },
    );
    assert.equal(await worksUnderLock(folder), undefined);
  });

  for (const [how, turn] of [
    ['at once', { replaces: true }],
    ['when it was offered', { waits: (_: string, replace: () => void) => replace() }],
  ] as const)
    it(`is left early by whoever has it where another one asks for that, ${how}`, async () => {
      const asked: string[] = [];
      const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
      const first = await holding(stopped, {
        asked: asker => {
          asked.push(asker);
          stop();
        },
      });
      const second = withStateLock(folder, never, async () => 'in', { doing: 'Unload org.a', ...turn });
      assert.equal(await second, 'in');
      await first.end;
      assert.deepEqual(asked, [`Unload org.a, process ${process.pid}`]);
      assert.deepEqual(readdirSync(folder), []);
    });

  it('is kept to the end by work that cannot be asked', async () => {
    const { promise: done, resolve: finish } = Promise.withResolvers<void>();
    const first = await holding(done);
    const second = withStateLock(folder, never, async () => 'in', { replaces: true });
    assert.equal(await Promise.race([second, sleep(400, 'waits')]), 'waits');
    finish();
    assert.equal(await second, 'in');
    await first.end;
    assert.deepEqual(readdirSync(folder), []);
  });

  it('is not asked for any longer by one that has stopped waiting', async () => {
    const stop = new AbortController();
    await withStateLock(folder, never, async () => {
      const waiting = withStateLock(folder, stop.signal, async () => assert.fail('got in'), { replaces: true });
      setTimeout(() => stop.abort(), 50);
      await assert.rejects(waiting, { name: 'AbortError' });
      assert.deepEqual(readdirSync(folder), ['lock']);
    });
  });

  it('is inherited where this machine has restarted since: another process has its pid', async () => {
    mkdirSync(join(folder, 'lock'));
    writeFileSync(join(folder, 'lock', `${process.pid}.u${Math.floor(uptime()) + 1000}.before-the-restart`), '');
    assert.equal(await worksUnderLock(folder), undefined);
    assert.equal(await withStateLock(folder, never, async () => 'in'), 'in');
    assert.deepEqual(readdirSync(folder), []);
  });

  for (const [form, middle] of [
    ['', 't1.'],
    [', also where it has not told when it was started', ''],
  ])
    it(`is inherited where another process has its pid since${form}`, {
      skip: process.platform !== 'linux',
    }, async () => {
      const lock = join(folder, 'lock');
      mkdirSync(lock);
      const other = spawn('sleep', ['60']);
      try {
        writeFileSync(join(lock, `${other.pid}.u1.${middle}before-it`), '');
        assert.equal(await worksUnderLock(folder), undefined);
        assert.equal(await withStateLock(folder, never, async () => 'in'), 'in');
        assert.deepEqual(readdirSync(folder), []);
      } finally {
        other.kill();
      }
    });

  it('is inherited from a process that has ended, of which nobody has taken notice', {
    skip: process.platform !== 'linux',
  }, async () => {
    // The shell starts one that ends at once, and becomes a program that never asks how that went.
    const careless = spawn('sh', ['-c', 'sh -c exit & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const [said] = (await once(careless.stdout, 'data')) as [Buffer];
      await sleep(300);
      mkdirSync(join(folder, 'lock'));
      writeFileSync(join(folder, 'lock', `${Number(`${said}`)}.u${Math.floor(uptime())}.ended`), '');
      assert.equal(await worksUnderLock(folder), undefined);
    } finally {
      careless.kill();
    }
  });

  it('outlives the removal of the state by the work itself', async () => {
    await withStateLock(folder, never, async () => rmSync(folder, { recursive: true }));
    assert.equal(await withStateLock(folder, never, async () => 'again'), 'again');
  });

  it('is inherited from a process that is gone, by one of several heirs at a time', { timeout: 60_000 }, async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    mkdirSync(join(folder, 'lock'));
    writeFileSync(join(folder, 'lock', `${gone}.left-by-a-crash`), '');
    const counter = join(folder, 'counter');
    writeFileSync(counter, '0');
    const probe = join(import.meta.dirname, 'lockProbe.ts');
    const ends = await Promise.all(
      Array.from({ length: 4 }, () => once(spawn(process.execPath, [probe, folder, counter, '25']), 'close')),
    );
    assert.deepEqual(
      ends.map(([code]) => code),
      [0, 0, 0, 0],
    );
    assert.equal(readFileSync(counter, 'utf8'), '100');
    assert.deepEqual(readdirSync(folder), ['counter']);
  });
});
