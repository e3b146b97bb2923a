import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { findKexts } from '../../../../src/operations/project/findKexts.ts';
import { calledAmong } from '../../../../src/ui/session/calledAmong.ts';
import { folderOf, infoPlistOf, projectFileText, variableInfoPlist } from '../../../support/xcodeFixture.ts';

describe('A kext among several', () => {
  let folder: string;
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is called by its identifier, with its target or its project where others have that, too; by its folder where nobody knows it', async () => {
    const project = (...names: readonly string[]) =>
      projectFileText({
        targets: names.map(name => ({
          name,
          settings: {
            INFOPLIST_FILE: 'Info.plist',
            PRODUCT_BUNDLE_IDENTIFIER: `org.sample.${name === 'Valve' ? 'Valve' : 'Pump'}`,
          },
          sources: ['Pump.cpp'],
        })),
      });
    folder = await folderOf({
      'Info.plist': infoPlistOf({
        CFBundleExecutable: 'Pump',
        CFBundleIdentifier: '$(PRODUCT_BUNDLE_IDENTIFIER)',
        CFBundlePackageType: 'KEXT',
        CFBundleVersion: '1.0',
      }),
      'New.xcodeproj/project.pbxproj': project('Pump', 'PumpQuiet', 'Valve'),
      'Old.xcodeproj/project.pbxproj': project('Pump'),
      'gauge/Makefile': 'all:\n',
      'gauge/Info.plist': variableInfoPlist,
    });
    const { kexts } = await findKexts(folder);
    const called = kexts.map(kext => calledAmong(kexts, kext, basename(kext.xcode?.build.projectFile ?? '')));
    assert.deepEqual(called.toSorted(), [
      'gauge',
      'org.sample.Pump (New.xcodeproj)',
      'org.sample.Pump (Old.xcodeproj)',
      'org.sample.Pump (PumpQuiet)',
      'org.sample.Valve',
    ]);
  });
});
