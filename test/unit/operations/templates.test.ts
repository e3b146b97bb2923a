import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { findKextProject } from '../../../src/operations/project/findKextProject.ts';
import { findKexts } from '../../../src/operations/project/findKexts.ts';
import { folderOf, infoPlistOf, projectFileText, pumpProject } from '../../support/xcodeFixture.ts';

const never = new AbortController().signal;

const template = infoPlistOf({
  CFBundleExecutable: '@NAME@',
  CFBundleIdentifier: 'org.sample.driver.@NAME@',
  CFBundlePackageType: 'KEXT',
  CFBundleVersion: '__VERSION__',
});

const plist = infoPlistOf({
  CFBundleExecutable: 'Pump',
  CFBundleIdentifier: 'org.sample.driver.Pump',
  CFBundlePackageType: 'KEXT',
  CFBundleVersion: '1.0',
});

/** One whose Info.plist the file `INFOPLIST_FILE` is. */
const xcodeProject = (file: string) =>
  projectFileText({ targets: [{ name: 'Pump', settings: { INFOPLIST_FILE: file }, sources: ['Pump.cpp'] }] });

describe('A kext whose Info.plist a build makes of a template', () => {
  let folder: string;
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const found = async () =>
    (await findKexts(folder)).kexts.map(
      ({ infoPlist }) => `${infoPlist.bundleIdentifier} in ${relative(folder, infoPlist.file)}`,
    );
  const problems = async () => (await findKexts(folder)).problems.map(({ problem }) => problem);

  it('is found by the template, and by it alone once the build has made the other', async () => {
    folder = await folderOf({ Makefile: 'all:\n', 'kext/Info.plist.in': template });
    const expected = ['org.sample.driver.$(NAME) in kext/Info.plist.in'];
    assert.deepEqual(await found(), expected);
    await writeFile(join(folder, 'kext', 'Info.plist'), plist);
    assert.deepEqual(await found(), expected);
  });

  it('has the identifier of what was built', async () => {
    folder = await folderOf({
      Makefile: 'NAME = Pump\n# makes org.sample.driver.Pump\n',
      'Info.plist.in': template,
      'Pump.kext/Contents/Info.plist': plist.replace(/.*CFBundleExecutable.*\n.*\n/, ''),
    });
    const project = await findKextProject(folder, [], never);
    assert.ok(!('problem' in project), JSON.stringify(project));
    assert.equal(project.bundleIdentifier, 'org.sample.driver.Pump');
    assert.equal(project.identifierPosition?.line, 6);
  });

  it('may get whole keys from the build: none is missing, and a line that stands for some is none of the list', async () => {
    const libraries = /\t<key>OSBundleLibraries<\/key>.*<\/dict>\n(?=<\/dict>)/s;
    folder = await folderOf({ Makefile: 'all:\n', 'Info.plist.in': template.replace(libraries, '__LIBRARIES__\n') });
    assert.deepEqual(await problems(), []);
    assert.deepEqual(await found(), ['org.sample.driver.$(NAME) in Info.plist.in']);
  });

  it('is that of an Xcode target where the Info.plist is not made yet', async () => {
    const words = template.replace('__VERSION__', 'PUMPVERSION').replace('driver.@NAME@', 'driver.Pump');
    folder = await folderOf({
      'Pump.xcodeproj/project.pbxproj': xcodeProject('Info.plist'),
      'Info.plist.tmpl': words,
    });
    assert.deepEqual(await found(), ['org.sample.driver.Pump in Info.plist.tmpl']);
    await writeFile(join(folder, 'Info.plist'), plist);
    assert.deepEqual(await found(), ['org.sample.driver.Pump in Info.plist']);
  });

  it('still has its mistakes told', async () => {
    folder = await folderOf({ Makefile: 'all:\n', 'Info.plist.in': template.replace('__VERSION__', 'newest') });
    assert.match((await problems()).join(), /^Info\.plist\.in: CFBundleVersion is "newest"; expected /);
  });
});

describe('An Info.plist', () => {
  let folder: string;
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('may have the name of its kext behind it', async () => {
    folder = await folderOf({ Makefile: 'all:\n', 'Info-Pump.plist': plist });
    const { kexts } = await findKexts(folder);
    assert.deepEqual(
      kexts.map(({ infoPlist }) => infoPlist.bundleIdentifier),
      ['org.sample.driver.Pump'],
    );
  });

  it('with a mistake is told once, though targets share it and no kext comes of them', async () => {
    const target = { settings: { INFOPLIST_FILE: 'Info.plist', MODULE_VERSION: 'newest' }, sources: ['Pump.cpp'] };
    folder = await folderOf({
      'Pump.xcodeproj/project.pbxproj': projectFileText({
        targets: ['Pump', 'PumpForOld'].map(name => ({ name, ...target })),
      }),
      'Info.plist': plist.replace('>1.0<', '>$(MODULE_VERSION)\n\t<'),
    });
    const { kexts, problems } = await findKexts(folder);
    assert.deepEqual([kexts.length, problems.length], [0, 1]);
    assert.match(
      problems[0]?.problem ?? '',
      /: CFBundleVersion is "newest\\n\\t"; .* It is written \$\(MODULE_VERSION\)\.$/,
    );
  });

  it('of an application or a driver extension that Xcode builds has no mistakes of a kext', async () => {
    const kextless = (type: string) =>
      infoPlistOf({ CFBundleIdentifier: 'org.sample.Gauge', CFBundlePackageType: type }).replace('.kpi.', '.');
    for (const type of ['$(PRODUCT_BUNDLE_PACKAGE_TYPE)', 'DEXT']) {
      folder = await folderOf({ ...pumpProject, 'Gauge/Info.plist': kextless(type) });
      const { kexts, problems } = await findKexts(folder);
      assert.deepEqual([kexts.length, problems], [2, []]);
      await rm(folder, { recursive: true });
    }
  });
});
