import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { targetIdOf, targetNamed, targetNameOf } from '../../../../src/targets/targetNamed.ts';
import { ChosenTarget } from '../../../../src/ui/session/chosenTarget.ts';
import { readTargetsSetting } from '../../../../src/ui/settings/targetSettings.ts';
import { memento } from '../../../support/memento.ts';

function world(platform: NodeJS.Platform) {
  return {
    firstTarget: platform === 'darwin' ? 'local' : undefined,
    targetNamed: (id: string) => {
      const choice = targetNamed(id, platform);
      return 'problem' in choice
        ? choice
        : { id: targetIdOf(choice), name: targetNameOf(choice), simulated: 'scenario' in choice };
    },
  };
}

async function chosen(configured: unknown, selected?: string, platform: NodeJS.Platform = 'linux') {
  const target = new ChosenTarget(memento(), world(platform), memento());
  await target.select(selected);
  return idOf(target.id(configured));
}

/** Or what is wrong with it. */
function idOf(found: ReturnType<ChosenTarget['id']>): string | undefined {
  return found === undefined || 'problem' in found ? found?.problem : found.id;
}

describe('The target of a workspace', () => {
  it('has a name before it is opened, and is known for a simulated one', () => {
    const target = new ChosenTarget(memento(), world('linux'), memento());
    assert.deepEqual(
      ['simulated', 'ssh:mini', 'mars', undefined].map(configured => target.named(configured)),
      [
        { id: 'simulated', name: 'Simulated Mac', simulated: true },
        { id: 'ssh:mini', name: 'mini', simulated: false },
        undefined,
        undefined,
      ],
    );
  });

  it('is the one that was selected, else that of the settings', async () => {
    assert.equal(await chosen('simulated', 'ssh:mini'), 'ssh:mini');
    assert.equal(await chosen('ssh:mini'), 'ssh:mini');
    assert.equal(await chosen('simulated:macos-10.15'), 'simulated');
  });

  it('is This Mac on a Mac until somebody says otherwise, and elsewhere none', async () => {
    for (const nothing of [undefined, '', null]) {
      assert.equal(await chosen(nothing, undefined, 'darwin'), 'local');
      assert.equal(await chosen(nothing, undefined, 'linux'), undefined);
      assert.equal(await chosen(nothing, undefined, 'win32'), undefined);
    }
    assert.equal(await chosen('simulated', undefined, 'darwin'), 'simulated');
  });

  it('is the one that was selected in a window without a folder, where nothing else says which', async () => {
    const everywhere = memento();
    const target = () => new ChosenTarget(memento(), world('darwin'), everywhere);
    assert.deepEqual([idOf(target().id('')), target().isSelected], ['local', false]);
    await target().select('ssh:mini', true);
    const later = target();
    assert.deepEqual([idOf(later.id('')), later.isSelected], ['ssh:mini', true]);
    assert.equal(idOf(later.id('simulated')), 'simulated');
    await later.select('ssh:lab');
    assert.deepEqual([later.id('simulated'), target().id('')].map(idOf), ['ssh:lab', 'ssh:mini']);
  });

  it('is no more the one that was selected where that is none any more', async () => {
    assert.equal(await chosen('simulated', 'simulated:macos-9'), 'simulated');
    assert.equal(await chosen('simulated', 'local', 'linux'), 'simulated');
  });

  it('is told what is wrong with the setting, and what could stand there', async () => {
    assert.match(
      (await chosen('mars')) ?? '',
      /^kext\.target is "mars": there is no such target; there are: ssh:HOST, simulated, .*\.$/,
    );
    assert.match((await chosen('local')) ?? '', /^kext\.target is "local": .* this machine is none \(linux\)\.$/);
    assert.match((await chosen('ssh:-x', undefined)) ?? '', /^kext\.target is "ssh:-x": ssh:HOST takes a name .*\.$/);
    for (const wrong of [7, ['simulated'], { id: 'simulated' }])
      assert.equal(
        await chosen(wrong),
        `kext.target is ${JSON.stringify(wrong)}: expected a text, as "ssh:mini" or "simulated".`,
      );
  });
});

describe('The setting kext.targets', () => {
  const read = (value: unknown) => readTargetsSetting(value, world('linux'));

  it('is a list of hosts', () => {
    assert.deepEqual(read(['mini', 'ssh:lab', 'dev@10.0.0.7']), {
      ids: ['ssh:mini', 'ssh:lab', 'ssh:dev@10.0.0.7'],
      problems: [],
    });
    for (const nothing of [undefined, null, []]) assert.deepEqual(read(nothing), { ids: [], problems: [] });
  });

  it('says which entry is none, and gives the others', () => {
    const { ids, problems } = read(['-oProxyCommand=x', 7, 'mini']);
    assert.deepEqual(ids, ['ssh:mini']);
    const expected = 'expected a host name or an address, as "mini" or "dev@10.0.0.7"';
    assert.deepEqual(problems, [`kext.targets has "-oProxyCommand=x": ${expected}`, `kext.targets has 7: ${expected}`]);
    assert.deepEqual(read('mini').problems, ['kext.targets is "mini": expected a list of hosts, as ["mini"]']);
  });
});
