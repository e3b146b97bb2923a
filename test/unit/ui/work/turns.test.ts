import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Turn, Turns, type Waiting } from '../../../../src/ui/work/turns.ts';

/** Operations that end when the test says so, and what became of them. */
function operations() {
  const turns = new Turns();
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const waiting = new Map<string, Waiting>();
  const running = new Map<string, Turn>();
  const ask = (title: string, deed?: string) =>
    turns.run(
      { title, deed },
      each => {
        log.push(`${title} waits behind ${each.behind}`);
        waiting.set(title, each);
      },
      async turn => {
        log.push(`${title} begins`);
        running.set(title, turn);
        await new Promise<void>(resolve => {
          ends.set(title, resolve);
          turn.signal.addEventListener('abort', () => resolve());
        });
        log.push(turn.signal.aborted ? `${title} is cancelled` : `${title} ends`);
        return title;
      },
    );
  const settle = () => new Promise(resolve => setImmediate(resolve));
  return { log, ask, ends, waiting, running, settle };
}

describe('Operations of one window', () => {
  it('run one at a time, in the order in which they were asked for', async () => {
    const { log, ask, ends, settle } = operations();
    const all = [ask('unload'), ask('use'), ask('restart')];
    for (const title of ['unload', 'use', 'restart']) {
      await settle();
      ends.get(title)?.();
    }
    assert.deepEqual(await Promise.all(all), ['unload', 'use', 'restart']);
    const began = log.filter(line => / (begins|ends)$/.test(line));
    assert.deepEqual(began, [
      'unload begins',
      'unload ends',
      'use begins',
      'use ends',
      'restart begins',
      'restart ends',
    ]);
    assert.ok(log.includes('restart waits behind unload'));
  });

  it('a reload that is building, or has not begun to, makes way for the next one', async () => {
    const { log, ask, ends, settle } = operations();
    const first = ask('reload', 'reload A');
    const second = ask('reload again', 'reload A');
    await first;
    await settle();
    ends.get('reload again')?.();
    assert.equal(await second, 'reload again');
    assert.ok(log.includes('reload is cancelled'));
  });

  it('of three reloads while one is in the kernel, that one runs to its end and one more after it', async () => {
    const { log, ask, ends, running, settle } = operations();
    const first = ask('reload', 'reload A');
    running.get('reload')?.reached();
    const second = ask('second', 'reload A');
    const third = ask('third', 'reload A');
    assert.equal(await third, undefined);
    ends.get('reload')?.();
    assert.equal(await first, 'reload');
    await settle();
    ends.get('second')?.();
    assert.equal(await second, 'second');
    assert.ok(!log.some(line => line.startsWith('third')));
  });

  it('a reload is not merged with one that another operation follows', async () => {
    const { log, ask, ends, running, settle } = operations();
    const all = [ask('use'), ask('reload', 'reload A'), ask('unload'), ask('last', 'reload A')];
    for (const title of ['use', 'reload', 'unload', 'last']) {
      await settle();
      running.get(title)?.reached();
      ends.get(title)?.();
    }
    assert.deepEqual(await Promise.all(all), ['use', 'reload', 'unload', 'last']);
    assert.equal(log.at(-1), 'last ends');
  });

  it('another operation than a reload is never cancelled by one', async () => {
    const { ask, ends, running } = operations();
    const use = ask('use');
    const reload = ask('reload', 'reload A');
    assert.equal(running.get('use')?.signal.aborted, false);
    ends.get('use')?.();
    assert.equal(await use, 'use');
    await new Promise(resolve => setImmediate(resolve));
    ends.get('reload')?.();
    assert.equal(await reload, 'reload');
  });

  it('a reload waits behind a build, and for the end of a reload of another kext', async () => {
    const { log, ask, ends, running, settle } = operations();
    const all = [ask('unload A'), ask('build A', 'build A'), ask('reload A', 'reload A'), ask('reload B', 'reload B')];
    for (const title of ['unload A', 'build A', 'reload A', 'reload B']) {
      await settle();
      assert.equal(running.get(title)?.signal.aborted, false);
      ends.get(title)?.();
    }
    assert.deepEqual(await Promise.all(all), ['unload A', 'build A', 'reload A', 'reload B']);
    assert.ok(log.includes('reload B waits behind unload A'));
  });

  it('a build of another kext does not cancel a reload that is building', async () => {
    const { ask, ends, running, settle } = operations();
    const reload = ask('reload A', 'reload A');
    const build = ask('build B', 'build B');
    assert.equal(running.get('reload A')?.signal.aborted, false);
    ends.get('reload A')?.();
    assert.equal(await reload, 'reload A');
    await settle();
    ends.get('build B')?.();
    assert.equal(await build, 'build B');
  });

  it('one that waits can be cancelled, and never begins', async () => {
    const { log, ask, ends, waiting } = operations();
    const use = ask('use');
    const unload = ask('unload');
    waiting.get('unload')?.cancel();
    assert.equal(await unload, undefined);
    await waiting.get('unload')?.ended;
    ends.get('use')?.();
    await use;
    assert.ok(!log.includes('unload begins'));
  });

  it('the next one begins although one failed', async () => {
    const turns = new Turns();
    const failed = turns.run(
      { title: 'a' },
      () => undefined,
      () => Promise.reject(new Error('no such tool')),
    );
    const next = turns.run(
      { title: 'b' },
      () => undefined,
      () => Promise.resolve('b'),
    );
    await assert.rejects(failed, /no such tool/);
    assert.equal(await next, 'b');
  });
});
