import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type KextOpener, openKext } from '../../src/openKext.ts';
import { findKextProject } from '../../src/operations/project/findKextProject.ts';
import { targetStateFolder } from '../../src/targets/targetChoice.ts';
import { type TargetChoice, targetIdOf, targetNamed } from '../../src/targets/targetNamed.ts';
import { fakeTarget, sampleProject } from './operations/fakeTarget.ts';

const { signal } = new AbortController();

describe('A kext on a target', () => {
  let folders: readonly string[];
  let state: string;
  before(async () => {
    const first = await sampleProject();
    const second = `${first}-2`;
    await cp(first, second, { recursive: true });
    folders = [first, second];
    state = await mkdtemp(join(tmpdir(), 'kext-dev-open-'));
  });
  after(async () => {
    for (const folder of [...folders, state]) await rm(folder, { recursive: true, force: true });
  });

  function opener(told: Partial<KextOpener> = {}): KextOpener {
    return {
      stateFolder: targetStateFolder,
      open: choice => ({ target: { ...fakeTarget({}), id: targetIdOf(choice) }, writes: [] }),
      sources: '/sources',
      environment: { XDG_STATE_HOME: state },
      askFirstLoad: async () => assert.fail('asked'),
      saveFiles: async () => undefined,
      ...told,
    };
  }

  async function opened(folder: string, id: string, told?: Partial<KextOpener>) {
    const project = await findKextProject(folder, [], signal);
    if ('problem' in project) throw new Error(project.problem);
    const choice = targetNamed(id, 'darwin');
    return openKext(project, [], choice as TargetChoice, opener(told));
  }

  it('is remembered in one place for a Mac, whichever checkout it is built in; a Simulated Mac is the project’s', async () => {
    for (const [id, places] of [
      ['ssh:mini', 1],
      ['local', 1],
      ['simulated', 2],
    ] as const) {
      const kexts = await Promise.all(folders.map(folder => opened(folder, id)));
      assert.equal(new Set(kexts.map(kext => kext.state)).size, places, id);
    }
    const [one, other] = await Promise.all(folders.map(folder => opened(folder, 'ssh:mini')));
    await one?.records.write({ bootTime: 7, diagnoses: [] });
    assert.deepEqual(await other?.records.read(), { bootTime: 7, diagnoses: [] });
  });

  it('on This Mac is loaded once somebody has said yes, which holds for every project; elsewhere nobody is asked', async () => {
    const answers = [false, true];
    const askFirstLoad = async () => answers.shift() ?? assert.fail('asked again');
    for (const expected of [false, true, true])
      for (const folder of folders.slice(0, 1))
        assert.equal(await (await opened(folder, 'local', { askFirstLoad })).thisMacCare?.mayLoad(signal), expected);
    assert.equal(await (await opened(folders[1] ?? '', 'local')).thisMacCare?.mayLoad(signal), true);
    for (const id of ['ssh:mini', 'simulated'])
      assert.equal((await opened(folders[0] ?? '', id)).thisMacCare, undefined, id);
  });
});
