import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { passwordQuestion } from '../../../src/terminal/askPassword.ts';

const { signal } = new AbortController();
const question = { target: 'mini', tool: 'mkdir', wrong: false };

/** A terminal at which somebody sits, until it is closed: from then on it has no modes. */
function terminal() {
  const modes: boolean[] = [];
  let isClosed = false;
  const tty = () => Object.assign(new PassThrough(), { isTTY: true });
  const [input, output] = [tty(), tty()];
  const setRawMode = (raw: boolean) => {
    if (isClosed) throw Object.assign(new Error('setRawMode EIO'), { code: 'EIO' });
    modes.push(raw);
  };
  const ask = passwordQuestion(
    Object.assign(input, { setRawMode }) as unknown as NodeJS.ReadStream,
    output as unknown as NodeJS.WriteStream,
  );
  const close = () => {
    isClosed = true;
  };
  return { ask: ask ?? assert.fail('nobody is asked'), input, output, modes, close };
}

describe('The question for a password in the terminal', () => {
  it('takes what is typed up to the end of the line, unseen, without what was erased', async () => {
    const { ask, input, output, modes } = terminal();
    const answer = ask(question, signal);
    input.write('a tarr\u007f\u007fpin\rmore');
    assert.equal(await answer, 'a tapin');
    output.end();
    assert.deepEqual(modes, [true, false]);
    assert.match(await text(output), /^Your password on mini, to run mkdir as root \(nothing is kept\): \n$/);
  });

  it('says what ssh asks, without what would act on the terminal', async () => {
    const { ask, input, output } = terminal();
    const answer = ask({ target: 'mini', sshAsks: "Enter passphrase for key '/k\u001b[2J'", wrong: true }, signal);
    input.write('a turbine\r');
    assert.equal(await answer, 'a turbine');
    output.end();
    const said =
      "That did not let you in. To reach mini ssh asks: Enter passphrase for key '/k\\x1b[2J' (nothing is kept): \n";
    assert.equal(await text(output), said);
  });

  it('has no answer where the line is empty, and where it is cancelled', async () => {
    const empty = terminal();
    const answer = empty.ask(question, signal);
    empty.input.write('\r');
    assert.equal(await answer, undefined);
    const [cancelled, stop] = [terminal(), new AbortController()];
    const left = cancelled.ask(question, stop.signal);
    stop.abort();
    assert.deepEqual([await left, cancelled.modes], [undefined, [true, false]]);
  });

  it('has no answer where the terminal is closed, before it and while it waits', async () => {
    const before = terminal();
    before.close();
    assert.equal(await before.ask(question, signal), undefined);
    for (const goes of [
      ({ input }: { readonly input: PassThrough }) => input.end(),
      ({ input }: { readonly input: PassThrough }) => input.destroy(new Error('read EIO')),
      (_: unknown, stop: AbortController) => stop.abort(),
    ]) {
      const [there, stop] = [terminal(), new AbortController()];
      const answer = there.ask(question, stop.signal);
      there.close();
      goes(there, stop);
      assert.equal(await answer, undefined);
    }
  });
});
