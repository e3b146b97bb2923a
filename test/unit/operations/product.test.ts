import assert from 'node:assert/strict';
import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findKextProject } from '../../../src/operations/findKextProject.ts';
import { fitsWritten, isFilledIn } from '../../../src/operations/identifierOfProduct.ts';
import type { KextProject } from '../../../src/operations/kextProject.ts';
import { product } from '../../../src/operations/product.ts';
import { folderOf, infoPlistOf, variableInfoPlist, writeInto } from '../../support/xcodeFixture.ts';

const never = new AbortController().signal;
const bundlePlist = (CFBundleIdentifier: string) =>
  infoPlistOf({ CFBundleIdentifier, CFBundlePackageType: 'KEXT', CFBundleVersion: '1.0' });

describe('An identifier that a build fills in', () => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['org.sample.Pump', 'org.sample.Pump', true],
    ['org.sample.Pump', 'org.sample.pump', false],
    ['$(PRODUCT_BUNDLE_IDENTIFIER)', 'org.sample.Pump', true],
    ['org.sample.$(PRODUCT_NAME:rfc1034identifier)', 'org.sample.Pump', true],
    ['org.sample.$(PRODUCT_NAME)', 'org.other.Pump', false],
    ['org.$(A).driver.$(B)', 'org.sample.driver.Pump', true],
    ['$(A).Pump', 'org.sample.Valve', false],
    ['org.sample.$(A).sample', 'org.sample', false],
  ];
  for (const [written, identifier, expected] of rows)
    it(`${written} ${expected ? 'can' : 'cannot'} be ${identifier}`, () =>
      assert.equal(fitsWritten(written, identifier), expected));

  it('is told from one that is whole', () => {
    assert.deepEqual(['org.sample.Pump', '$(A)', 'org.$A'].map(isFilledIn), [true, false, false]);
  });
});

describe('The product of a project with a Makefile', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await folderOf({ Makefile: 'all:\n', 'Info.plist': variableInfoPlist });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  async function opened(): Promise<KextProject> {
    const project = await findKextProject(folder, [], never);
    return 'problem' in project ? assert.fail(project.problem) : project;
  }

  it('gives the project its identifier, where the Info.plist leaves that to the build', async () => {
    const before = await opened();
    assert.equal(before.bundleIdentifier, '$(PRODUCT_BUNDLE_IDENTIFIER)');
    const [told] = (await product(before)).diagnoses;
    assert.match(told?.message ?? '', /^No kext with an identifier that fits its Info\.plist is below /);
    await writeInto(folder, { 'build/Pump.kext/Contents/Info.plist': bundlePlist('org.sample.driver.Pump') });
    assert.equal((await product(before)).bundle?.folder, join(folder, 'build', 'Pump.kext'));
    assert.equal((await opened()).bundleIdentifier, 'org.sample.driver.Pump');
  });

  it('is the bundle that lies by itself, and a plug-in in another one where there is no other', async () => {
    const plugIn = 'build/Pump.kext/Contents/PlugIns/Valve.kext/Contents/Info.plist';
    const alone = 'build/Valve.kext/Contents/Info.plist';
    await writeInto(folder, {
      'Info.plist': bundlePlist('org.sample.driver.Valve').replace(
        '<key>CFBundleI',
        '<key>CFBundleExecutable</key><string>Valve</string><key>CFBundleI',
      ),
      'build/Pump.kext/Contents/Info.plist': bundlePlist('org.sample.driver.Pump'),
      [plugIn]: bundlePlist('org.sample.driver.Valve'),
    });
    const folderOfProduct = async () => (await product(await opened())).bundle?.folder;
    assert.equal(await folderOfProduct(), join(folder, 'build/Pump.kext/Contents/PlugIns/Valve.kext'));
    await writeInto(folder, { [alone]: bundlePlist('org.sample.driver.Valve') });
    await utimes(join(folder, 'build', 'Valve.kext'), 1, 1);
    assert.equal(await folderOfProduct(), join(folder, 'build', 'Valve.kext'));
  });
});
