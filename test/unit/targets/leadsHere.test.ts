import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { leadsHere } from '../../../src/targets/leadsHere.ts';
import { ProcessRunner } from '../../../src/targets/processRunner.ts';
import { SshTarget } from '../../../src/targets/sshTarget.ts';
import { openThisMac } from '../../../src/targets/thisMac.ts';
import { output } from '../simulator/fakeRunner.ts';

const own = ['127.0.0.1', '::1', 'fe80::1%lo0', '192.168.1.7', '2001:db8::7'];
const hosts: Readonly<Record<string, readonly string[]>> = {
  localhost: ['::1', '127.0.0.1'],
  'desk.local': ['fe80::1', '192.168.1.7'],
  'mini.local': ['192.168.1.8'],
};
const addresses = {
  own,
  of: async (name: string) =>
    hosts[name] ?? (/^[\d.]+$|:/.test(name) ? [name] : Promise.reject(new Error('ENOTFOUND'))),
};

describe('A name by which ssh leads to this machine itself', () => {
  it('is any whose address is one of its own', async () => {
    for (const name of [
      'localhost',
      'desk.local',
      '127.0.0.1',
      '127.0.1.1',
      '::1',
      '[::1]',
      '192.168.1.7',
      '2001:db8::7',
    ])
      assert.equal(await leadsHere(`${name}:22`, addresses), true, name);
  });

  it('is none of another machine, none that nobody knows, no other port, and none behind a proxy', async () => {
    for (const to of [
      'mini.local:22',
      '192.168.1.8:22',
      'nobody.local:22',
      'localhost:2222',
      'localhost:22 0a1b2c',
      ':22',
    ])
      assert.equal(await leadsHere(to, addresses), false, to);
    await fc.assert(fc.asyncProperty(fc.string(), async text => assert.equal(await leadsHere(text, addresses), false)));
  });

  it('is found out by the machine’s own names and addresses', async () => {
    assert.equal(await leadsHere('localhost:22'), true);
    assert.equal(await leadsHere('127.0.0.1:22'), true);
    assert.equal(await leadsHere('nobody.invalid:22'), false);
    assert.equal(await leadsHere('192.0.2.1:22'), false, `${hostname()} has a documentation address`);
  });

  it('has the locks of This Mac: one operation on a kext at a time by either', async () => {
    const state = await mkdtemp(join(tmpdir(), 'kext-dev-locks-'));
    const never = new AbortController().signal;
    const thisMac = join(state, 'local');
    const parts = {
      environment: {},
      thisMac,
      log: () => undefined,
      processes: sshThatTells('hostname localhost\nport 22\n'),
    };
    const self = new SshTarget({ ...parts, host: 'self', state: join(state, 'ssh') });
    const local = openThisMac({ host: new ProcessRunner(), state: thisMac, log: () => undefined });
    const { promise: waits, resolve: told } = Promise.withResolvers<string>();
    const turns: string[] = [];
    try {
      await local
        .exclusively('org.sample.Pump', never, async () => {
          assert.match((await self.working('org.sample.Pump')) ?? '', /process \d+$/);
          const second = self.exclusively('org.sample.Pump', never, async () => turns.push('ssh'), {
            doing: 'Unload',
            waits: told,
          });
          await waits;
          turns.push('local');
          return { second };
        })
        .then(({ second }) => second);
      assert.deepEqual(turns, ['local', 'ssh']);
    } finally {
      await rm(state, { recursive: true, force: true });
    }
  });
});

/** What starts no ssh, and knows what it would say to -G. */
function sshThatTells(text: string): ConstructorParameters<typeof SshTarget>[0]['processes'] {
  return {
    runHeld: async ({ argv: [option] }, _, { stdout }) => {
      assert.equal(option, '-G');
      stdout(Buffer.from(text));
      return output({});
    },
  };
}
