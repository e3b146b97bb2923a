import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Operation } from '../../../../src/operations/operation.ts';
import { findKexts } from '../../../../src/operations/project/findKexts.ts';
import { type Neighbour, neighboursAmong } from '../../../../src/operations/project/neighbour.ts';
import {
  findDependents,
  findLoadedDependents,
  noDependents,
  unloadedFirst,
} from '../../../../src/operations/unload/dependents.ts';
import { unloadKext } from '../../../../src/operations/unload.ts';
import { folderOf, infoPlistOf, variableInfoPlist, writeInto } from '../../../support/xcodeFixture.ts';
import { kext } from '../../diagnosis/snapshots.ts';
import { fakeTarget, kextstatOf, memoryRecords, sampleOperation, sampleProject, turbine } from '../fakeTarget.ts';

const { signal } = new AbortController();
const apple = 'com.apple.driver.Turbine';

describe('What is linked against the kext', () => {
  let folder: string;
  let operation: Operation;
  before(async () => {
    folder = await sampleProject();
    operation = await sampleOperation(folder, fakeTarget({}));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const neighbour = (bundleIdentifier: string): Neighbour => ({
    bundleIdentifier,
    records: memoryRecords(),
    unread: { ...operation.project, bundleIdentifier },
    open: () => assert.fail(`${bundleIdentifier} is opened`),
  });

  it('and is Apple’s is never taken for one of the workspace, whatever a project there calls itself', async () => {
    const kexts = [kext(turbine, { index: 7 }), kext(apple, { index: 8, linkedAgainst: [7] })];
    const found = await findDependents({ ...operation, neighbours: [neighbour(apple)] }, kexts, signal);
    assert.deepEqual(found, { ofWorkspace: [], isBlocked: true });
    assert.deepEqual(unloadedFirst(found), []);
  });

  it('is one of the workspace where its last product was that, unless what is built is another kext by now', async () => {
    const [pump, fan] = ['org.sample.driver.Pump', 'org.sample.driver.Fan'];
    const top = await folderOf({ Makefile: `ID = ${pump}\n#ID = ${fan}\n`, 'Info.plist': variableInfoPlist });
    const records = memoryRecords();
    records.identifier.current = pump;
    const neighbours = neighboursAmong((await findKexts(top)).kexts, operation.project, () => records);
    const kexts = [kext(turbine, { index: 7 }), kext(pump, { index: 8, linkedAgainst: [7] })];
    const found = async (built: string) => {
      const info = { CFBundleIdentifier: built, CFBundlePackageType: 'KEXT' };
      await writeInto(top, { 'build/Pump.kext/Contents/Info.plist': infoPlistOf({ ...info, CFBundleVersion: '1.0' }) });
      const { ofWorkspace, isBlocked } = await findDependents({ ...operation, neighbours }, kexts, signal);
      return { identifiers: ofWorkspace.map(each => each.operation.project.bundleIdentifier), isBlocked };
    };
    assert.deepEqual(await found(pump), { identifiers: [pump], isBlocked: false });
    assert.deepEqual(await found(fan), { identifiers: [], isBlocked: true });
    await rm(top, { recursive: true });
  });

  it('is nothing of a kext that is not loaded, and neighbours that are not linked are not opened', async () => {
    const kexts = [kext('org.other', { index: 8, linkedAgainst: [1] })];
    const withOther = { ...operation, neighbours: [neighbour('org.other')] };
    assert.deepEqual(await findDependents(withOther, kexts, signal), noDependents);
    assert.deepEqual(await findDependents(withOther, [...kexts, kext(turbine, { index: 9 })], signal), noDependents);
  });

  it('is not asked for where the workspace has no other kext', async () => {
    const target = fakeTarget({});
    assert.deepEqual(await findLoadedDependents({ ...operation, target }, signal), noDependents);
    assert.deepEqual(target.runner.lines, []);
  });

  it('and is Apple’s is not unloaded by an unload: the kernel is asked for the kext alone', async () => {
    const uuid = 'AAAAAAAA-0000-0000-0000-000000000000';
    const loaded = kextstatOf([turbine, uuid], [apple, uuid, '150']);
    const stderr = `(kernel) Can't remove kext ${turbine}; services failed to terminate - 0xdc008018.\nFailed to unload ${turbine} - (libkern/kext) kext is in use or retained (cannot unload).\n`;
    const target = fakeTarget({ kextstat: [loaded], kextunload: [{ stderr, exitCode: 3 }] });
    const { dependents } = await unloadKext({ ...operation, target, neighbours: [neighbour(apple)] }, signal);
    const unloads = target.runner.lines.filter(line => line.includes('kextunload'));
    assert.deepEqual([dependents, unloads], [undefined, [`sudo kextunload -b ${turbine}`]]);
  });
});
