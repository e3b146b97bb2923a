import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OnDemand } from '../../../../src/ui/work/onDemand.ts';

/** Makes things that count how often they are disposed of; the first `failures` times it cannot. */
function maker(failures = 0) {
  const made: { disposed: number; dispose(): void }[] = [];
  let left = failures;
  const onDemand = new OnDemand(async () => {
    if (left-- > 0) throw new Error('not there');
    const thing = {
      disposed: 0,
      dispose() {
        this.disposed++;
      },
    };
    made.push(thing);
    return thing;
  });
  return { made, onDemand };
}

describe('What is made on demand', () => {
  it('is made once, when it is first asked for, and is the same for all who ask', async () => {
    const { made, onDemand } = maker();
    assert.equal(made.length, 0);
    const [one, other] = await Promise.all([onDemand.get(), onDemand.get()]);
    assert.equal(one, other);
    assert.deepEqual([one, await onDemand.get()], [made[0], made[0]]);
    assert.equal(made.length, 1);
  });

  it('is tried anew by who asks after it could not be made', async () => {
    const { made, onDemand } = maker(1);
    await assert.rejects(onDemand.get(), /not there/);
    assert.equal(await onDemand.get(), made[0]);
  });

  it('goes with the window, where it was made', async () => {
    const { made, onDemand } = maker();
    onDemand.dispose();
    await onDemand.get();
    onDemand.dispose();
    await Promise.resolve();
    assert.equal(made[0]?.disposed, 1);
    assert.equal(made.length, 1);
  });

  it('goes with the window, where that ends while it is made', async () => {
    const { made, onDemand } = maker();
    const asked = onDemand.get();
    onDemand.dispose();
    await asked;
    await Promise.resolve();
    assert.equal(made[0]?.disposed, 1);
  });
});
