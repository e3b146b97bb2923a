import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { allowed, answering, asksEachTime, asRoot, describeRoot, type Test, whoami } from './rootSubject.ts';

const never = new AbortController().signal;

const tests: readonly Test[] = [
  [
    'gets an input while it comes where sudo does not ask, and else all of it before',
    async ({ user, runner, root }) => {
      const input = randomBytes(3_000_000);
      const tool = asRoot('sh', ['-c', 'id -u; sha256sum'], { input, streams: true });
      const digest = createHash('sha256').update(input).digest('hex');
      for (const allows of [['USER ALL=(ALL) NOPASSWD: ALL'], [asksEachTime, allowed]]) {
        user.allow(...allows);
        const ask = answering(user.password);
        const endings = await root.during(ask, () => runner.runTogether([tool, whoami], never));
        const said = endings.map(ending => (ending instanceof Error ? ending.message : ending.stdout));
        assert.deepEqual([said, ask.asked.length], [[`0\n${digest}  -\n`, '0\n'], allows.length - 1]);
      }
    },
  ],
  [
    'may end before its input has come: what it has not read is nobody else’s',
    async ({ user, runner }) => {
      user.allow('USER ALL=(ALL) NOPASSWD: ALL');
      const tool = asRoot('head', ['-c', '3'], {
        input: new TextEncoder().encode('one\n'.repeat(500_000)),
        streams: true,
      });
      await runner.visit(async there => {
        const [first, second] = await there.runTogether([tool, whoami], never);
        assert.deepEqual(
          [first, second].map(ending => (ending as { stdout?: string }).stdout),
          ['one', '0\n'],
        );
        assert.equal((await there.run(whoami, never)).stdout, '0\n');
      });
    },
  ],
  [
    'that is cancelled while its input comes reads the end of it, and comes to its own',
    async ({ user, runner }) => {
      user.allow('USER ALL=(ALL) NOPASSWD: ALL');
      const stop = new AbortController();
      const input = new Uint8Array(50_000_000);
      const tool = asRoot('wc', ['-c'], { input, streams: true });
      const { stdout } = await runner.run(tool, stop.signal, undefined, sent => {
        if (sent > 1_000_000) stop.abort();
      });
      assert.ok(Number(stdout) > 0 && Number(stdout) < input.length, stdout);
    },
  ],
  [
    'asks in a visit as it does in calls by themselves',
    async ({ user, runner, root }) => {
      user.allow(asksEachTime, allowed);
      const ask = answering('no', user.password);
      await root.during(ask, () =>
        runner.visit(async there => {
          for (let time = 0; time < 3; time++) assert.equal((await there.run(whoami, never)).stdout, '0\n');
        }),
      );
      assert.deepEqual(
        ask.asked.map(({ wrong }) => wrong),
        [false, true],
      );
    },
  ],
];

describeRoot('What needs root, with an input that streams or in a visit,', tests);
