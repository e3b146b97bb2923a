import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { SshTarget } from '../../src/targets/sshTarget.ts';
import { configure, openSshServer, type SshServer } from '../support/sshServer.ts';

const { signal } = new AbortController();
const pump = 'org.sample.driver.Pump';

describe('A Mac that the user’s ssh knows by two names', { timeout: 60_000 }, () => {
  let server: SshServer;
  before(async () => {
    server = await openSshServer();
    await server.admit('mini2', userInfo().username);
    await configure(server, 'Host other\n  HostName 127.0.0.1\n  Port 1\n');
    Object.assign(process.env, server.environment);
  });
  after(() => server.remove());

  const target = (host: string) =>
    new SshTarget({
      host,
      state: join(server.folder, 'targets', host),
      environment: process.env,
      processes: new ProcessRunner(),
      log: () => undefined,
    });

  it('has one operation on a kext at a time, whichever name it goes by; another Mac has its own', async () => {
    const turns: string[] = [];
    const waits = Promise.withResolvers<string>();
    const turn = { doing: 'Unload', waits: (behind: string) => waits.resolve(behind) };
    const first = target('mini').exclusively(
      pump,
      signal,
      async () => {
        const second = target('mini2').exclusively(pump, signal, async () => turns.push('second'), turn);
        assert.match(await waits.promise, new RegExp(`^Install, process ${process.pid}$`));
        assert.match((await target('mini2').working(pump)) ?? '', /^Install/);
        await target('other').exclusively(pump, signal, async () => turns.push('other'));
        turns.push('first');
        return { second };
      },
      { ...turn, doing: 'Install' },
    );
    await (await first).second;
    assert.deepEqual(turns, ['other', 'first', 'second']);
    assert.equal(await server.takeStarts(), 0, 'the Mac was asked nothing');
  });
});
