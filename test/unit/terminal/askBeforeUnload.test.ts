import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { UnloadQuestion } from '../../../src/operations/unload/confirmUnload.ts';
import { askBeforeUnload } from '../../../src/terminal/askBeforeUnload.ts';
import { turbine } from '../operations/fakeTarget.ts';

const { signal } = new AbortController();

const open: UnloadQuestion = {
  bundleIdentifier: turbine,
  target: 'test-mac',
  obstacles: [{ kind: 'openClient', process: { name: 'rotorctl', pid: 401 } }],
  canQuit: true,
  stayed: [],
};
const leaked: UnloadQuestion = {
  ...open,
  obstacles: [{ kind: 'leaked', class: 'Turbine', instances: 1 }],
  canQuit: false,
};
const inTheWay = `The unload of ${turbine} is likely to be refused:\n  rotorctl (pid 401) has it open: quit it first.`;
const consequence = `A refused unload leaves ${turbine} terminated and in the kernel until test-mac restarts.`;

/** What somebody was asked who gave these answers, what was only said, and what came of it. */
async function asked(question: UnloadQuestion, answers: readonly boolean[] | undefined, yes = false) {
  const shown: string[] = [];
  const said: string[] = [];
  const left = [...(answers ?? [])];
  const confirm = async (words: string, what: string) => {
    shown.push(`${words}\n${what}`);
    return left.shift() ?? assert.fail('asked once more');
  };
  const terminal = { confirm: answers === undefined ? undefined : confirm, say: (text: string) => said.push(text) };
  const choice = await askBeforeUnload({ yes }, terminal, signal)(question);
  return { choice, shown, said };
}

describe('An unload that is likely to be refused, in a terminal', () => {
  it('is asked about where somebody sits there: quit first, and what a no to that leaves', async () => {
    assert.deepEqual(await asked(open, [true]), {
      choice: 'quit',
      shown: [`${inTheWay}\nQuit what has it open, and unload?`],
      said: [],
    });
    const { choice, shown } = await asked(open, [false, true]);
    assert.deepEqual([choice, shown[1]], ['unload', `${consequence}\nUnload anyway?`]);
    assert.equal((await asked(open, [false, false])).choice, 'cancel');
  });

  it('is not offered to quit anything where nothing can be quit', async () => {
    const { choice, shown } = await asked(leaked, [false]);
    assert.deepEqual(
      [choice, shown],
      [
        'cancel',
        [
          `The unload of ${turbine} is likely to be refused:\n  1 instance of Turbine is leaked already.\n${consequence}\nUnload anyway?`,
        ],
      ],
    );
  });

  it('says why what was to quit is still there', async () => {
    const { shown } = await asked({ ...open, canQuit: false, stayed: ['rotorctl (pid 401) was asked to quit.'] }, [
      true,
    ]);
    assert.match(shown[0] ?? '', /refused:\n {2}rotorctl \(pid 401\) was asked to quit\.\n {2}rotorctl .*has it open/);
  });

  it('is told, and goes on, where nobody sits there or --yes was said', async () => {
    const told = { choice: 'unload', shown: [], said: [inTheWay] };
    assert.deepEqual(await asked(open, undefined), told);
    assert.deepEqual(await asked(open, [], true), told);
  });
});
