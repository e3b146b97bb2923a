import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askFirstLoad } from '../../../src/terminal/askFirstLoad.ts';

const { signal } = new AbortController();

describe('The first load on this Mac, in a terminal', () => {
  it('is asked for, with what may come of it', async () => {
    for (const answer of [true, false]) {
      const asked: string[] = [];
      const confirm = async (shown: string, question: string) => {
        asked.push(shown, question);
        return answer;
      };
      assert.equal(await askFirstLoad({ yes: false, command: 'load' }, confirm)(signal), answer);
      assert.match(asked.join('\n'), /A faulty kext panics this Mac.*\nLoad kexts on this Mac\?$/s);
    }
  });

  it('is answered by --yes', async () => {
    const confirm = async () => assert.fail('asked');
    assert.equal(await askFirstLoad({ yes: true, command: 'load' }, confirm)(signal), true);
    assert.equal(await askFirstLoad({ yes: true, command: 'load' }, undefined)(signal), true);
  });

  it('is a mistake where nobody sits there and nothing was said', async () => {
    await assert.rejects(askFirstLoad({ yes: false, command: 'reload' }, undefined)(signal), {
      name: 'UsageError',
      message: /^a faulty kext panics this Mac, so the first reload here is asked for: say --yes/,
    });
  });
});
