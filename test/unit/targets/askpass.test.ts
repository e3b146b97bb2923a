import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Askpass, asksNobody, openAskpass } from '../../../src/targets/askpass.ts';
import type { QuestionOnTheWay } from '../../../src/targets/scriptShell.ts';

describe('The program by which ssh asks', () => {
  let folder: string;
  let askpass: Askpass | undefined;
  beforeEach(async () => {
    folder = await mkdtemp('/tmp/kd-askpass-');
  });
  afterEach(async () => {
    askpass?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const start = (question: string) => {
    const { SSH_ASKPASS = '' } = askpass?.environment ?? {};
    return spawn(SSH_ASKPASS, [question], { env: { ...process.env, ...askpass?.environment } });
  };

  it('prints the answer to whatever is asked, and says who asks', async () => {
    const asked: QuestionOnTheWay[] = [];
    askpass = await openAskpass(folder, async question => {
      asked.push(question);
      return 'a "turbine" ü€';
    });
    assert.equal(await text(start('Line 1\n$(id) Code: ').stdout), 'a "turbine" ü€\n');
    assert.deepEqual(asked, [{ question: 'Line 1\n$(id) Code: ', asker: String(process.pid) }]);
  });

  it('says nothing where ssh is gone before the answer is there', async () => {
    const [isAsked, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    askpass = await openAskpass(folder, async () => {
      isAsked.resolve();
      await goOn.promise;
      return 'a turbine';
    });
    const program = start('Code: ');
    const said = text(program.stderr);
    await isAsked.promise;
    program.stdout.destroy();
    goOn.resolve();
    await once(program, 'close');
    assert.equal(await said, '');
  });

  it('ends an ssh that gets no answer, which would go on with an empty one, and nothing else', async () => {
    askpass = await openAskpass(folder, async () => undefined);
    const ways: readonly Askpass['environment'][] = [askpass.environment, await asksNobody(folder)];
    for (const [name, end] of [
      ['ssh', ''],
      ['another', 'goes on\n'],
    ] as const) {
      const asking = join(folder, name);
      await writeFile(asking, '#!/bin/sh\n"$SSH_ASKPASS" "Code: "\necho goes on\n', { mode: 0o755 });
      for (const variables of ways) {
        const { stdout } = spawn(asking, [], { env: { ...process.env, ...variables } });
        assert.equal(await text(stdout), end);
      }
    }
    await rm(join(folder, 'ssh'));
  });

  it('has nobody asked by what asks nothing', async () => {
    const asked: string[] = [];
    const { environment, close } = await openAskpass(folder, async ({ question }) => {
      asked.push(question);
      return 'a turbine';
    });
    for (const nothing of ['', 'x', '7 ']) {
      const socket = connect(environment.KEXT_DEV_ASKPASS_SOCKET ?? '');
      socket.end(nothing);
      assert.equal(await text(socket), '');
    }
    close();
    assert.deepEqual(asked, []);
  });

  it('leaves no socket, and removes those of programs that were killed, with what they had half written', async () => {
    const gone = spawn('true');
    await once(gone, 'exit');
    const [left, another] = [`q${gone.pid}x010203`, `q${process.ppid}x010203`];
    const half = `askpass.01020304.${gone.pid}.unfinished`;
    for (const name of [left, half, another]) await writeFile(join(folder, name), '');
    const opened = await openAskpass(folder, async () => undefined);
    const there = await readdir(folder);
    assert.deepEqual([there.includes(left), there.includes(half)], [false, false]);
    opened.close();
    assert.deepEqual((await readdir(folder)).toSorted(), ['askpass', 'askpass.mjs', another]);
  });
});
