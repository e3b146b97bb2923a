import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { scenarios } from '../../../src/simulator/systems/simulatedSystem.ts';
import {
  scenarioStateFolder,
  simulatedMacChoices,
  simulatedMacNamed,
} from '../../../src/targets/simulatedScenarios.ts';
import { repositoryFolder } from '../../support/repository.ts';

const choices = simulatedMacChoices();

describe('The Simulated Macs that one can choose', () => {
  it('are one for each system, under names and in words of their own', () => {
    assert.deepEqual(
      choices.map(({ scenario }) => scenario),
      scenarios,
    );
    for (const one of ['id', 'name', 'description'] as const)
      assert.equal(new Set(choices.map(choice => choice[one])).size, choices.length, one);
  });

  it('say which macOS they are, and what becomes of an unload there', () => {
    const told = Object.fromEntries(choices.map(({ id, name, description }) => [id, `${name}: ${description}`]));
    const needs = 'a kext needs approval and a restart';
    const stays = 'an unload says success, and the kext stays until the restart';
    assert.deepEqual(told, {
      simulated: 'Simulated Mac: macOS 10.15 (Intel) in user space; runs your driver, needs no Mac',
      'simulated:macos-13': `Simulated Mac (macOS 13): macOS 13 (Intel) in user space; ${needs}`,
      'simulated:macos-15': `Simulated Mac (macOS 15): macOS 15 (Apple silicon) in user space; ${needs}`,
      'simulated:macos-13-kept': `Simulated Mac (macOS 13, kept): As macOS 13; ${stays}`,
      'simulated:macos-15-kept': `Simulated Mac (macOS 15, kept): As macOS 15; ${stays}`,
      'simulated:macos-13-fixed':
        'Simulated Mac (macOS 13, fixed): As macOS 13; an unload is refused, whatever the driver does',
    });
  });

  it('are found by their id, the default one by the name of its system, too', () => {
    for (const choice of choices) assert.deepEqual(simulatedMacNamed(choice.id), choice);
    assert.equal(simulatedMacNamed('simulated:macos-10.15')?.id, 'simulated');
    for (const id of ['', 'local', 'simulated:', 'simulated:macos-12', 'simulated:macos-13:x', 'Simulated'])
      assert.equal(simulatedMacNamed(id), undefined, id);
  });

  it('live side by side: the default one in the folder itself, the others in folders of it', () => {
    const folders = choices.map(({ scenario }) => scenarioStateFolder('/state', scenario));
    assert.deepEqual([folders[0], folders[1]], ['/state', '/state/macos-13']);
    assert.equal(new Set(folders).size, choices.length);
  });

  it('are values that complete the setting kext.target, each with a sentence', async () => {
    const manifest = JSON.parse(await readFile(join(repositoryFolder, 'package.json'), 'utf8'));
    const [{ enum: values, enumDescriptions }] = manifest.contributes.configuration.properties['kext.target'].anyOf;
    assert.deepEqual(values, ['', 'local', 'ssh:', ...choices.map(({ id }) => id)]);
    assert.equal(enumDescriptions.length, values.length);
  });
});
