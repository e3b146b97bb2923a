import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { offeredTargets } from '../../../src/targets/offeredTargets.ts';
import { simulatedMacChoices } from '../../../src/targets/simulatedScenarios.ts';

describe('The targets that are offered', () => {
  let home: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'kext-dev-home-'));
    await mkdir(join(home, '.ssh'));
    await writeFile(join(home, '.ssh', 'config'), 'Host mini lab\n User dev\nHost lab\n HostName 10.0.0.7\n');
  });
  after(() => rm(home, { recursive: true, force: true }));

  it('are the hosts of the ssh configuration, those that are named besides, and the Simulated Macs, each once', async () => {
    const { targets, problems } = await offeredTargets(home, ['ssh:other', 'ssh:mini', 'simulated', 'mars'], 'linux');
    assert.deepEqual(problems, []);
    assert.deepEqual(
      targets.map(({ id }) => id),
      ['ssh:mini', 'ssh:lab', 'ssh:other', ...simulatedMacChoices().map(({ id }) => id)],
    );
    const [mini, lab, other] = targets;
    assert.deepEqual(mini, { id: 'ssh:mini', name: 'mini', kind: 'ssh', description: 'dev@mini' });
    assert.deepEqual([lab?.description, other?.description], ['dev@10.0.0.7', '']);
  });

  it('are This Mac before all others, on a Mac alone', async () => {
    for (const [platform, first] of [
      ['darwin', 'local'],
      ['win32', 'ssh:mini'],
      ['linux', 'ssh:mini'],
    ] as const) {
      const { targets } = await offeredTargets(home, [], platform);
      assert.equal(targets[0]?.id, first);
      assert.equal(
        targets.some(({ kind }) => kind === 'thisMac'),
        platform === 'darwin',
      );
    }
  });
});
