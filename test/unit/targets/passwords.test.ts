import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Passwords } from '../../../src/targets/passwords.ts';
import type { AskPassword } from '../../../src/tools/port/target.ts';
import { answerLine } from '../../../src/tools/ssh/remoteScript.ts';

const { signal } = new AbortController();

/** An operation whose tools are run by a sudo that wants `right` and asks three times for each; gives what somebody was asked. */
async function operation(tools: readonly string[], right: string, answers: readonly (string | undefined)[]) {
  const access = new Passwords();
  const asked: string[] = [];
  const ask: AskPassword = async question => {
    const of = 'tool' in question ? question.tool : question.sshAsks;
    asked.push(question.wrong ? `${of}, again` : of);
    return answers[asked.length - 1];
  };
  const ran = await access.during(ask, async () => {
    const lines: string[] = [];
    const { give } = access.forSudo('mini', signal, line => lines.push(line));
    const runs: string[] = [];
    for (const [at, tool] of tools.entries())
      for (let time = 0; time < 3; time += 1) {
        await give(tool, at);
        const line = lines.at(-1);
        if (line === answerLine(right)) runs.push(tool);
        if (line === answerLine(right) || line === answerLine(undefined)) break;
      }
    return runs;
  });
  return { asked, ran };
}

describe('A password for sudo', () => {
  it('is asked for once for all the tools of an operation', async () => {
    const { asked, ran } = await operation(['mkdir', 'tar', 'chown'], 'a turbine', ['a turbine']);
    assert.deepEqual([asked, ran], [['mkdir'], ['mkdir', 'tar', 'chown']]);
  });

  it('that was wrong is asked for again', async () => {
    const { asked, ran } = await operation(['mkdir', 'tar'], 'a turbine', ['a rotor', 'a turbine']);
    assert.deepEqual(
      [asked, ran],
      [
        ['mkdir', 'mkdir, again'],
        ['mkdir', 'tar'],
      ],
    );
  });

  it('that was wrong three times is not asked for again, by none of the tools', async () => {
    const { asked, ran } = await operation(['mkdir', 'tar', 'chown'], 'a turbine', ['a', 'b', 'c', 'd', 'a turbine']);
    assert.deepEqual([asked, ran], [['mkdir', 'mkdir, again', 'mkdir, again'], []]);
  });

  it('that was right at the third time is good for the others', async () => {
    const { asked, ran } = await operation(['mkdir', 'tar'], 'a turbine', ['a', 'b', 'a turbine']);
    assert.deepEqual([asked.length, ran], [3, ['mkdir', 'tar']]);
  });

  it('of one piece of work is not that of another one beside it, whichever began first', async () => {
    const access = new Passwords();
    const lines: string[] = [];
    const give = (who: string) =>
      access.forSudo('mini', signal, line => lines.push(`${who} ${line.trimEnd()}`)).give('mkdir', 0);
    for (const [first, second] of [
      [async () => 'a turbine', undefined],
      [undefined, async () => 'a rotor'],
    ] as const) {
      const [begun, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const one = access.during(first, async () => {
        assert.equal(access.answers, first !== undefined);
        begun.resolve();
        await done.promise;
        assert.equal(access.answers, first !== undefined);
        await give('first');
      });
      await begun.promise;
      await access.during(second, async () => {
        assert.equal(access.answers, second !== undefined);
        await give('second');
      });
      done.resolve();
      await one;
    }
    assert.deepEqual(lines, ['second -', 'first +a turbine', 'second +a rotor', 'first -']);
    assert.equal(access.answers, false);
  });

  it('is part of the work around it, and forgotten with that, also by what goes on behind it', async () => {
    const access = new Passwords();
    const lines: string[] = [];
    const give = () => access.forSudo('mini', signal, line => lines.push(line.trimEnd())).give('mkdir', 0);
    const over = Promise.withResolvers<void>();
    let behind: Promise<void> | undefined;
    await access.during(
      async () => 'a turbine',
      async () => {
        await access.during(undefined, give);
        behind = over.promise.then(async () => {
          await give();
          await access.during(async () => 'a rotor', give);
        });
      },
    );
    over.resolve();
    await behind;
    assert.deepEqual(lines, ['+a turbine', '-', '+a rotor']);
  });

  it('that cannot be asked for is one that nobody gives', async () => {
    const access = new Passwords();
    const lines: string[] = [];
    const ask = () => Promise.reject(new Error('setRawMode EIO'));
    await access.during(ask, () => access.forSudo('mini', signal, line => lines.push(line)).give('mkdir', 0));
    assert.deepEqual(lines, [answerLine(undefined)]);
  });

  it('that nobody gives is not asked for again', async () => {
    const { asked, ran } = await operation(['mkdir', 'tar'], 'a turbine', []);
    assert.deepEqual([asked, ran], [['mkdir'], []]);
  });
});

describe('What ssh wants to know', () => {
  const key = "Enter passphrase for key '/Users/dev/.ssh/id_ed25519': ";

  it('is asked in its own words, without what stands behind them', async () => {
    const passwords = new Passwords();
    const asked: unknown[] = [];
    const ask: AskPassword = async question => {
      asked.push(question);
      return 'a turbine';
    };
    await passwords.during(ask, async () =>
      assert.equal(await passwords.forSsh('mini', signal)?.({ question: key, asker: '7' }), 'a turbine'),
    );
    const sshAsks = "Enter passphrase for key '/Users/dev/.ssh/id_ed25519'";
    assert.deepEqual(asked, [{ target: 'mini', sshAsks, wrong: false }]);
  });

  it('is known to each ssh of the same work, and is another thing than what sudo wants', async () => {
    const passwords = new Passwords();
    const answers = ['a turbine', 'a rotor'];
    const lines: string[] = [];
    const ran = await passwords.during(
      async () => answers.shift(),
      async () => {
        const first = await passwords.forSsh('mini', signal)?.({ question: key, asker: '7' });
        await passwords.forSudo('mini', signal, line => lines.push(line)).give('mkdir', 0);
        return [first, await passwords.forSsh('mini', signal)?.({ question: key, asker: '7' })];
      },
    );
    assert.deepEqual([ran, lines], [['a turbine', 'a turbine'], [answerLine('a rotor')]]);
  });

  it('is wrong where the same ssh asks again, and right where the one behind its proxy asks the same', async () => {
    const passwords = new Passwords();
    const asked: boolean[] = [];
    const ask: AskPassword = async ({ wrong }) => {
      asked.push(wrong);
      return 'a turbine';
    };
    await passwords.during(ask, async () => {
      const answer = passwords.forSsh('mini', signal);
      for (const asker of ['7', '8', '8']) await answer?.({ question: key, asker });
    });
    assert.deepEqual(asked, [false, true]);
  });

  it('as a password of a proxy is not given to the machine behind it that asks the same, nor the other way round later', async () => {
    const passwords = new Passwords();
    const answers = ['of the proxy', 'of the Mac'];
    const ran = await passwords.during(
      async () => answers.shift(),
      async () => {
        const given: (string | undefined)[] = [];
        for (const [proxy, mac] of [
          ['7', '8'],
          ['10', '9'],
        ] as const) {
          const answer = passwords.forSsh('mini', signal);
          for (const asker of [proxy, mac]) given.push(await answer?.({ question: 'Password: ', asker }));
        }
        return given;
      },
    );
    assert.deepEqual(ran, ['of the proxy', 'of the Mac', 'of the proxy', 'of the Mac']);
  });

  it('about a key that is not known is asked of nobody', async () => {
    const passwords = new Passwords();
    const question = 'Are you sure you want to continue connecting (yes/no/[fingerprint])? ';
    await passwords.during(
      async () => assert.fail('somebody was asked'),
      async () => assert.equal(await passwords.forSsh('mini', signal)?.({ question, asker: '7' }), undefined),
    );
  });

  it('is asked by nobody where nobody is there, nor where no answer was given before', async () => {
    const passwords = new Passwords();
    assert.equal(passwords.forSsh('mini', signal), undefined);
    await passwords.during(
      async () => undefined,
      async () => {
        assert.equal(await passwords.forSsh('mini', signal)?.({ question: key, asker: '7' }), undefined);
        assert.equal(passwords.forSsh('mini', signal), undefined);
        assert.equal(passwords.answers, true, 'sudo may ask');
      },
    );
  });
});
