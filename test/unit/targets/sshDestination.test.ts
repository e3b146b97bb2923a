import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readDestination } from '../../../src/targets/sshDestination.ts';

const told = (settings: Readonly<Record<string, string>>) =>
  Object.entries({ host: 'x', user: 'dev', ...settings })
    .map(([name, value]) => `${name} ${value}\n`)
    .join('');

describe('The machine that ssh goes to', () => {
  it('is known by its name and port, whoever logs in and whatever the alias is', () => {
    const mini = readDestination(told({ hostname: 'mini.local', port: '22' }));
    assert.equal(mini, 'mini.local:22');
    assert.equal(readDestination(told({ host: 'y', user: 'root', hostname: 'MINI.local.', port: '22' })), mini);
  });

  it('is another one at another port, or behind another one', () => {
    const settings = { hostname: '10.0.0.2', port: '22' };
    const all = [
      told(settings),
      told({ ...settings, port: '2222' }),
      told({ ...settings, proxyjump: 'gate' }),
      told({ ...settings, proxyjump: 'other' }),
      told({ ...settings, proxycommand: 'nc gate 22' }),
    ].map(readDestination);
    assert.equal(new Set(all).size, all.length);
    assert.equal(readDestination(told({ ...settings, proxyjump: 'none', proxycommand: 'none' })), all[0]);
  });

  it('is not known from any other text', () => {
    for (const text of ['', 'hostname', 'hostname \n', 'unknown option -- G'])
      assert.equal(readDestination(text), undefined);
    fc.assert(fc.property(fc.string(), text => assert.doesNotThrow(() => readDestination(text))));
  });
});
