import assert from 'node:assert/strict';
import { rm, utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Making } from '../../../../src/operations/project/candidates.ts';
import { findKextProject } from '../../../../src/operations/project/findKextProject.ts';
import type { KextProject } from '../../../../src/operations/project/kextProject.ts';
import { product } from '../../../../src/operations/project/product.ts';
import { fitsWritten, isFilledIn } from '../../../../src/operations/project/productFit.ts';
import { folderOf, infoPlistOf, variableInfoPlist, writeInto } from '../../../support/xcodeFixture.ts';

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
    await writeInto(folder, {
      Makefile: 'PRODUCT_BUNDLE_IDENTIFIER = org.sample.driver.Pump\n',
      'build/Pump.kext/Contents/Info.plist': bundlePlist('org.sample.driver.Pump'),
    });
    assert.equal((await product(before)).bundle?.folder, join(folder, 'build', 'Pump.kext'));
    assert.equal((await opened()).bundleIdentifier, 'org.sample.driver.Pump');
  });

  const lilu = 'org.vendor.Lilu';
  const liluIn = (place = '') => ({ [`${place}Lilu.kext/Contents/Info.plist`]: bundlePlist(lilu) });
  const pumpIn = (place: string, identifier = 'org.sample.driver.Pump') => ({
    [`${place}/Pump.kext/Contents/Info.plist`]: bundlePlist(identifier),
  });
  const told = async (making?: Making) => {
    const { bundle, diagnoses } = await product(await opened(), making);
    const [found] = diagnoses;
    return bundle === undefined
      ? [
          found?.message.replaceAll(folder, '.'),
          ...(found?.evidence ?? []).map(({ text }) => text.replaceAll(folder, '.')),
        ]
      : relative(folder, bundle.folder);
  };
  const leaves = 'the Info.plist leaves its identifier, $(PRODUCT_BUNDLE_IDENTIFIER), to the build';

  it('is no kext that lies beside the source and might be anybody’s: that is said, and nothing guessed', async () => {
    await writeInto(folder, liluIn());
    assert.equal((await opened()).bundleIdentifier, '$(PRODUCT_BUNDLE_IDENTIFIER)');
    assert.deepEqual(await told(), [
      `No kext below . is certainly the project's: ${leaves}, and no build that made it was seen.`,
      './Lilu.kext carries org.vendor.Lilu.',
    ]);
  });

  it('is no kext that the source needs', async () => {
    const needs = `<key>${lilu}</key><string>1.6</string>`;
    const list = variableInfoPlist.replace('<key>com.apple.kpi.iokit</key>', `${needs}<key>com.apple.kpi.iokit</key>`);
    await writeInto(folder, { 'Info.plist': list, ...liluIn(), ...liluIn('build/') });
    assert.deepEqual(await told({ since: 0, said: [] }), [
      'The build made no kext with an identifier that fits its Info.plist below ..',
    ]);
  });

  it('is what the build has just written, and what it told', async () => {
    await writeInto(folder, liluIn('deps/'));
    const old = new Date(Date.now() - 100_000);
    await utimes(join(folder, 'deps/Lilu.kext'), old, old);
    await utimes(join(folder, 'deps/Lilu.kext/Contents/Info.plist'), old, old);
    const since = Date.now();
    await writeInto(folder, pumpIn('build'));
    assert.equal(await told({ since, said: [] }), 'build/Pump.kext');
    assert.equal(await told({ since: since + 100_000, said: [join(folder, 'build', 'Pump.kext')] }), 'build/Pump.kext');
  });

  it('is known by what the source has in common with it, and another is by what it has not', async () => {
    const personality = (name: string) =>
      `<key>IOKitPersonalities</key><dict><key>${name}</key><dict><key>IOClass</key><string>${name}</string><key>IOProviderClass</key><string>IOResources</string></dict></dict></dict>\n</plist>`;
    const withOne = (list: string, name: string) => list.replace('</dict>\n</plist>', personality(name));
    await writeInto(folder, {
      'Info.plist': withOne(variableInfoPlist, 'Pump'),
      'build/Pump.kext/Contents/Info.plist': withOne(bundlePlist('org.sample.driver.Pump'), 'Pump'),
      'build/Lilu.kext/Contents/Info.plist': withOne(bundlePlist(lilu), 'Lilu'),
    });
    assert.equal(await told(), 'build/Pump.kext');
    assert.equal((await opened()).bundleIdentifier, 'org.sample.driver.Pump');
    await rm(join(folder, 'build', 'Pump.kext'), { recursive: true });
    assert.deepEqual(await told(), [
      'No kext with an identifier that fits its Info.plist is below .: it was not built.',
    ]);
  });

  it('is not guessed where two of its own have different identifiers, unless the build wrote one of them', async () => {
    await writeInto(folder, {
      Makefile: 'one:\n\tmake ID=org.sample.driver.Pump\nother:\n\tmake ID=org.sample.driver.Pump.debug\n',
      ...pumpIn('out'),
      ...pumpIn('debug', 'org.sample.driver.Pump.debug'),
    });
    assert.deepEqual(await told(), [
      `Which kext below . is the project's is not certain: ${leaves}, and several fit.`,
      './debug/Pump.kext carries org.sample.driver.Pump.debug.',
      './out/Pump.kext carries org.sample.driver.Pump.',
    ]);
    const old = new Date(1_000_000);
    await utimes(join(folder, 'out/Pump.kext'), old, old);
    await utimes(join(folder, 'out/Pump.kext/Contents/Info.plist'), old, old);
    assert.equal(await told({ since: Date.now() - 50_000, said: [] }), 'debug/Pump.kext');
  });

  it('is no kext with an identifier that no tool could list', async () => {
    await writeInto(folder, pumpIn('build', 'org.sample.a b'));
    assert.deepEqual(await told({ since: 0, said: [] }), [
      'The build made no kext with an identifier that fits its Info.plist below ..',
    ]);
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
