import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findKexts } from '../../../../src/operations/project/findKexts.ts';
import { buildOptions } from '../../../../src/operations/xcode/buildOptions.ts';
import { XcodeQuestions } from '../../../../src/operations/xcode/xcodeQuestions.ts';
import { BuildChoices } from '../../../../src/ui/session/buildChoices.ts';
import { memento } from '../../../support/memento.ts';
import { folderOf, pumpProject } from '../../../support/xcodeFixture.ts';
import { fakeRunner, output } from '../../simulator/fakeRunner.ts';

const never = new AbortController().signal;
const noXcode = fakeRunner(() => output({ stderr: 'xcode-select: error: no', exitCode: 1 }));

describe('How Xcode builds', () => {
  it('is remembered for each target, also by the next window', async () => {
    const workspace = memento();
    const first = new BuildChoices(workspace, noXcode);
    await first.choose('/p/Pump.xcodeproj', 'Pump', { configuration: 'Release' });
    await first.choose('/p/Pump.xcodeproj', 'Valve', { scheme: 'All', architecture: undefined });
    const { choiceOf } = new BuildChoices(workspace, noXcode);
    assert.deepEqual(
      ['Pump', 'Valve', 'Gauge'].map(target => choiceOf('/p/Pump.xcodeproj', target)),
      [{ configuration: 'Release' }, { scheme: 'All' }, {}],
    );
  });

  it('is what the kext is found with', async () => {
    const folder = await folderOf(pumpProject);
    const choices = new BuildChoices(memento(), noXcode);
    await choices.choose(join(folder, 'Pump.xcodeproj'), 'Pump', { configuration: 'Release', architecture: 'x86_64' });
    const { kexts } = await findKexts(folder, { choiceOf: choices.choiceOf });
    await rm(folder, { recursive: true });
    assert.deepEqual(
      kexts.map(({ xcode }) => [xcode?.build.configuration, xcode?.build.architecture]),
      [
        ['Release', 'x86_64'],
        ['Debug', undefined],
      ],
    );
  });

  it('can be what Xcode lists, or what the project’s files have', async () => {
    const folder = await folderOf(pumpProject);
    const { kexts } = await findKexts(folder);
    const valve = kexts.find(({ xcode }) => xcode?.build.target === 'Valve') ?? assert.fail();
    const inFiles = await buildOptions(valve, new XcodeQuestions(noXcode), never);
    const listed = '{"project": {"schemes": ["All", "Valve", "Pump"], "configurations": ["Debug", "Fast"]}}';
    const told = await buildOptions(valve, new XcodeQuestions(fakeRunner(() => output({ stdout: listed }))), never);
    await rm(folder, { recursive: true });
    assert.deepEqual([inFiles?.schemes, inFiles?.configurations], [['All'], ['Debug', 'Release']]);
    assert.deepEqual(
      [told?.schemes, told?.configurations],
      [
        ['All', 'Valve'],
        ['Debug', 'Fast'],
      ],
    );
    assert.deepEqual(told?.architectures, ['x86_64', 'arm64e']);
  });
});
