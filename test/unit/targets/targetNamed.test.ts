import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { simulatedMacChoices } from '../../../src/targets/simulatedScenarios.ts';
import { firstTarget, targetIdOf, targetNamed, targetNameOf } from '../../../src/targets/targetNamed.ts';
import { repositoryFolder } from '../../support/repository.ts';

function problem(id: string, platform: NodeJS.Platform = 'linux'): string {
  const named = targetNamed(id, platform);
  return 'problem' in named ? named.problem : assert.fail(`${id} was taken`);
}

describe('The id of a target', () => {
  it('is that of This Mac, of a Mac over SSH, or of a Simulated Mac', () => {
    const named = ['local', 'ssh:mini', 'ssh:dev@10.0.0.7', 'simulated', 'simulated:macos-15'].map(id => {
      const choice = targetNamed(id, 'darwin');
      return 'problem' in choice ? assert.fail(id) : [targetIdOf(choice), targetNameOf(choice)];
    });
    assert.deepEqual(named, [
      ['local', 'This Mac'],
      ['ssh:mini', 'mini'],
      ['ssh:dev@10.0.0.7', 'dev@10.0.0.7'],
      ['simulated', 'Simulated Mac'],
      ['simulated:macos-15', 'Simulated Mac (macOS 15)'],
    ]);
  });

  it('that is none is answered with those there are on this machine', () => {
    const all = simulatedMacChoices()
      .map(({ id }) => id)
      .join(', ');
    for (const id of ['', 'mars', 'simulated:macos-12', 'Local', 'mini']) {
      assert.equal(problem(id), `there is no such target; there are: ssh:HOST, ${all}`);
      assert.equal(problem(id, 'darwin'), `there is no such target; there are: local, ssh:HOST, ${all}`);
    }
    assert.match(problem('ssh:'), /^ssh:HOST takes a name/);
  });

  it('of This Mac is one on a Mac alone, where a project starts with it', () => {
    for (const platform of ['linux', 'win32'] as const) {
      const told = `that is the Mac that you sit at, and this machine is none (${platform})`;
      assert.deepEqual([problem('local', platform), firstTarget(platform)], [told, undefined]);
    }
    assert.equal(firstTarget('darwin'), 'local');
  });

  it('is let through by the manifest’s pattern, and what is wrong at first sight is not', async () => {
    const { contributes } = JSON.parse(await readFile(join(repositoryFolder, 'package.json'), 'utf8'));
    const setting = new RegExp(contributes.configuration.properties['kext.target'].pattern);
    const task = new RegExp(contributes.taskDefinitions[0].properties.target.pattern);
    const ids = ['local', 'ssh:mini', 'ssh:dev@fe80::1', 'ssh:büro-mac', ...simulatedMacChoices().map(({ id }) => id)];
    for (const id of ids) assert.ok(setting.test(id) && task.test(id), id);
    for (const id of ['mars', 'ssh:', 'ssh:-oProxyCommand=x', 'ssh:a b', 'ssh:a/b', 'local ', 'simulated:'])
      assert.ok(!setting.test(id) && !task.test(id), id);
    assert.deepEqual([setting.test(''), task.test('')], [true, false]);
    const hosts = new RegExp(contributes.configuration.properties['kext.targets'].items.pattern);
    for (const host of ['mini', 'dev@10.0.0.7', 'ssh:mini']) assert.ok(hosts.test(host), host);
    for (const host of ['', '-x', 'a b', 'a/b']) assert.ok(!hosts.test(host), host);
  });
});
