import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { simulatedMacChoices } from '../../../../src/targets/simulatedScenarios.ts';
import { targetIdOf, targetNamed, targetNameOf } from '../../../../src/targets/targetNamed.ts';
import { readTaskDefinition, taskActions } from '../../../../src/ui/tasks/taskDefinition.ts';
import { repositoryFolder } from '../../../support/repository.ts';

const targets = (id: string) => {
  const choice = targetNamed(id, 'linux');
  return 'problem' in choice
    ? choice
    : { id: targetIdOf(choice), name: targetNameOf(choice), simulated: 'scenario' in choice };
};
const type = 'kext';

function problem(definition: Readonly<Record<string, unknown>>): string {
  const read = readTaskDefinition(definition, targets);
  return 'problem' in read ? read.problem : assert.fail(`${JSON.stringify(definition)} was taken`);
}

describe('A task of the type kext', () => {
  it('has an action, and perhaps a project and a target', () => {
    const usual = { scheme: undefined, configuration: undefined, architecture: undefined };
    const absent = { project: undefined, target: undefined, xcode: usual };
    for (const action of taskActions)
      assert.deepEqual(readTaskDefinition({ type, action }, targets), { action, ...absent });
    for (const target of ['simulated:macos-13', 'ssh:mini', 'ssh:dev@10.0.0.7']) {
      const named = { action: 'load', project: 'drivers/turbine', target };
      assert.deepEqual(readTaskDefinition({ type, ...named }, targets), { ...named, xcode: usual });
    }
  });

  it('may say how Xcode builds the kext', () => {
    const said = { action: 'build', scheme: 'Turbine', configuration: 'Release', arch: 'x86_64' };
    const task = readTaskDefinition({ type, ...said }, targets);
    assert.deepEqual('xcode' in task && task.xcode, {
      scheme: 'Turbine',
      configuration: 'Release',
      architecture: 'x86_64',
    });
    assert.match(
      problem({ type, ...said, arch: 64 }),
      /^The task has the arch 64; expected the name of an architecture/,
    );
  });

  it('with another action is told which there are', () => {
    const expected = 'expected one of build, install, load, unload, reload, uninstall.';
    assert.equal(problem({ type, action: 'frob' }), `The task has the action "frob"; ${expected}`);
    assert.equal(problem({ type, action: 7 }), `The task has the action 7; ${expected}`);
    assert.equal(problem({ type }), `The task has no action; ${expected}`);
  });

  it('with another target is told which there are', () => {
    assert.match(
      problem({ type, action: 'build', target: 'mars' }),
      /^The task has the target "mars": there is no such target; there are: ssh:HOST, simulated, .*\.$/,
    );
    assert.match(
      problem({ type, action: 'build', target: 'ssh:-oProxyCommand=x' }),
      /^The task has the target "ssh:-oProxyCommand=x": ssh:HOST takes a name .*\.$/,
    );
    assert.equal(
      problem({ type, action: 'build', target: null }),
      'The task has the target null; expected the id of one, as "ssh:mini" or "simulated".',
    );
  });

  it('with a project that is no path is told what is expected', () => {
    const wrong = problem({ type, action: 'build', project: ['a'] });
    assert.equal(wrong, 'The task has the project ["a"]; expected a folder, relative to the workspace folder.');
  });

  it('is completed in a tasks.json with the actions and targets that there are', async () => {
    const manifest = JSON.parse(await readFile(join(repositoryFolder, 'package.json'), 'utf8'));
    const [{ properties, required }] = manifest.contributes.taskDefinitions;
    assert.deepEqual(required, ['action']);
    assert.deepEqual(properties.action.enum, [...taskActions]);
    assert.equal(properties.action.enumDescriptions.length, taskActions.length);
    assert.deepEqual(properties.target.anyOf[0].enum, ['local', 'ssh:', ...simulatedMacChoices().map(({ id }) => id)]);
  });
});
