import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sharedWork } from '../../../src/model/sharedWork.ts';

/** Work that a test ends by hand, and that ends by itself at a cancel. */
function handWork() {
  const begun: { readonly ends: (result: string) => void; readonly signal: AbortSignal }[] = [];
  const work = (signal: AbortSignal) =>
    new Promise<string>((ends, rejects) => {
      begun.push({ ends, signal });
      signal.addEventListener('abort', () => rejects(signal.reason));
    });
  return { begun, work };
}

const never = new AbortController().signal;

describe('Work that is shared', () => {
  it('is done once for all who ask for it, also later', async () => {
    const { begun, work } = handWork();
    const ask = sharedWork(work);
    const both = Promise.all([ask(never), ask(never)]);
    begun[0]?.ends('a kernel');
    assert.deepEqual(await both, ['a kernel', 'a kernel']);
    assert.equal(await ask(never), 'a kernel');
    assert.equal(begun.length, 1);
  });

  it('goes on for the others when one of them is cancelled', async () => {
    const { begun, work } = handWork();
    const ask = sharedWork(work);
    const first = new AbortController();
    const [cancelled, other] = [ask(first.signal), ask(never)];
    first.abort();
    await assert.rejects(cancelled, { name: 'AbortError' });
    assert.equal(begun[0]?.signal.aborted, false);
    begun[0]?.ends('told');
    assert.equal(await other, 'told');
  });

  it('is cancelled with the last one who waits for it, and begun anew for the next', async () => {
    const { begun, work } = handWork();
    const ask = sharedWork(work);
    const [first, second] = [new AbortController(), new AbortController()];
    const both = [ask(first.signal), ask(second.signal)];
    first.abort();
    second.abort();
    for (const one of both) await assert.rejects(one, { name: 'AbortError' });
    assert.equal(begun[0]?.signal.aborted, true);
    const next = ask(never);
    begun[1]?.ends('anew');
    assert.equal(await next, 'anew');
  });

  it('is done anew where it failed, or came to what is not kept', async () => {
    const results = ['refused', new Error('slow'), 'told'];
    let done = 0;
    const ask = sharedWork<string>(
      async () => {
        const result = results[done++] ?? 'asked too often';
        if (result instanceof Error) throw result;
        return result;
      },
      result => result === 'told',
    );
    assert.equal(await ask(never), 'refused');
    await assert.rejects(ask(never), /slow/);
    assert.deepEqual([await ask(never), await ask(never)], ['told', 'told']);
  });

  it('is not begun for a caller who is cancelled already', async () => {
    const { begun, work } = handWork();
    await assert.rejects(sharedWork(work)(AbortSignal.abort()), { name: 'AbortError' });
    assert.equal(begun.length, 0);
  });
});
