import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sshHostNamed } from '../../../src/targets/sshHost.ts';
import { chooseTarget } from '../../../src/targets/targetChoice.ts';

describe('A target over SSH', () => {
  it('is named by an alias, a host name or an address, perhaps with a user before it', () => {
    for (const host of [
      'mini',
      'test-mac.local',
      '10.0.0.7',
      'fe80::1',
      '::1',
      'dev@mini',
      'büro-mac',
      'a_b',
      'first.last+x@10.0.0.7',
    ])
      assert.deepEqual(sshHostNamed(`ssh:${host}`), { host });
    for (const other of ['', 'simulated', 'local', 'sshd:x', 'ssh']) assert.equal(sshHostNamed(other), undefined);
  });

  it('is not named by what ssh, a shell or a terminal reads more into', () => {
    const hostile = [
      '',
      '-oProxyCommand=x',
      '-F/x',
      'a b',
      ' a',
      'a\n',
      'a\0',
      '$(id)',
      '`id`',
      'a;b',
      'a|b',
      "a'",
      'a"',
      'a\\b',
      'a/b',
    ];
    for (const host of [
      ...hostile,
      'a@',
      '@a',
      'a@-b',
      'a@b@c',
      'a%h',
      'a*',
      'a?',
      '[::1]',
      '~',
      '\u202ea',
      '😀',
      'x'.repeat(301),
    ]) {
      const named = sshHostNamed(`ssh:${host}`);
      assert.ok(named !== undefined && 'problem' in named, host);
      assert.match(named.problem, /^ssh:HOST takes a name .*; this is none: ".*"$/s);
      assert.ok(named.problem.length < 300);
    }
  });

  it('is chosen for all but what switches the Simulated Mac', () => {
    for (const command of ['status', 'reload']) assert.deepEqual(chooseTarget('ssh:mini', command), { host: 'mini' });
    const problem = 'restart is a switch of the Simulated Mac, and mini is none: --target simulated';
    assert.deepEqual(chooseTarget('ssh:mini', 'restart'), { problem });
    assert.ok('problem' in chooseTarget('ssh:-x', 'status'));
    assert.ok('scenario' in chooseTarget('simulated', 'reload'));
    assert.ok('problem' in chooseTarget(undefined, 'reload'));
  });
});
