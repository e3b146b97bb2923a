import assert from 'node:assert/strict';
import { mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { bundleFolders } from '../../../../src/operations/project/bundleFolders.ts';
import { findKextProject, type XcodeWish } from '../../../../src/operations/project/findKextProject.ts';
import { findKexts } from '../../../../src/operations/project/findKexts.ts';
import { ProjectProbe } from '../../../../src/operations/project/projectProbe.ts';
import {
  folderOf,
  infoPlistOf,
  kextType,
  pumpProject,
  variableInfoPlist,
  writeInto,
} from '../../../support/xcodeFixture.ts';

const never = new AbortController().signal;

async function problem(folder: string, wish: XcodeWish = {}): Promise<string> {
  const project = await findKextProject(folder, [], never, wish);
  assert.ok('problem' in project);
  return project.problem;
}

describe('A kext project with links', () => {
  let folder: string;
  let elsewhere: string;
  const plist = infoPlistOf({
    CFBundleIdentifier: 'org.sample.driver.Pump',
    CFBundlePackageType: 'KEXT',
    CFBundleVersion: '1.0',
    CFBundleExecutable: 'Pump',
  });
  const product = { 'Pump.kext/Contents/Info.plist': plist };
  beforeEach(async () => {
    folder = await folderOf({});
    elsewhere = await folderOf({ Makefile: 'all:\n', 'Info.plist': plist });
  });
  afterEach(() => Promise.all([folder, elsewhere].map(each => rm(each, { recursive: true, force: true }))));
  const link = (to: string, ...path: string[]) => symlink(to, join(folder, ...path));
  const found = async () => (await findKexts(folder)).kexts.map(({ infoPlist }) => relative(folder, infoPlist.file));

  it('is found by a Makefile and an Info.plist that are links', async () => {
    await link(join(elsewhere, 'Makefile'), 'Makefile');
    await link(join(elsewhere, 'Info.plist'), 'Info.plist');
    assert.deepEqual(await found(), ['Info.plist']);
  });

  it('is found once in a folder that is a link, and no link leads round', async () => {
    await writeInto(elsewhere, { 'deep/Other': '' });
    await link(elsewhere, 'Pump');
    await link('Pump', 'Same');
    await link(folder, 'Round');
    await link('..', 'Pump', 'Up');
    await link('nowhere', 'Broken');
    assert.deepEqual(await found(), ['Pump/Info.plist']);
  });

  it('has the product that lies in a folder that is a link, once, and none above the project', async () => {
    await writeInto(folder, {
      ...product,
      'project/Makefile': 'all:\n',
      'project/out/Pump.kext/Contents/Info.plist': plist,
    });
    await writeInto(elsewhere, product);
    const project = join(folder, 'project');
    await link('..', 'project', 'up');
    await link('out', 'project', 'again');
    await link('out/Pump.kext', 'project', 'Latest.kext');
    await link('up', 'project', 'round');
    const bundles = async () => (await bundleFolders(project)).map(each => relative(project, each));
    assert.deepEqual(await bundles(), ['out/Pump.kext']);
    await link(elsewhere, 'project', 'build');
    assert.deepEqual(await bundles(), ['out/Pump.kext', 'build/Pump.kext']);
  });
});

describe('What is no kext project', () => {
  let folder: string;
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const plist = infoPlistOf({
    CFBundleExecutable: 'Pump',
    CFBundleIdentifier: 'org.sample.driver.Pump',
    CFBundlePackageType: 'KEXT',
    CFBundleVersion: '1.0',
  });
  const identifiers = async (command: readonly string[] = []) =>
    (await findKexts(folder, { buildCommand: command })).kexts.map(({ infoPlist }) => infoPlist.bundleIdentifier);

  it('a folder without a Makefile or a build command, which is said', async () => {
    folder = await folderOf({ 'Pump/Info.plist': plist });
    assert.deepEqual(await identifiers(), []);
    assert.match(
      await problem(folder),
      /^Pump\/Info\.plist is a kext's, and nothing builds it: put a Makefile beside it/,
    );
    assert.deepEqual(await identifiers(['sh', 'build.sh']), ['org.sample.driver.Pump']);
    await writeInto(folder, { Makefile: 'all:\n' });
    assert.deepEqual(await identifiers(), ['org.sample.driver.Pump']);
  });

  it('anything inside of a kext bundle or of what a build leaves behind', async () => {
    folder = await folderOf({
      Makefile: 'all:\n',
      'Old.kext/Info.plist': plist,
      'Old.kext/Pump.xcodeproj/project.pbxproj': pumpProject['Pump.xcodeproj/project.pbxproj'] ?? '',
      'Build/Info.plist': plist,
      '_build/Info.plist': plist,
      'cmake-build-debug/Info.plist': plist,
      'DerivedData/Info.plist': plist,
      'Gauge.app/Info.plist': plist,
    });
    assert.deepEqual(await identifiers(), []);
    const inside = join(folder, 'Old.kext');
    assert.deepEqual((await findKexts(inside, { buildCommand: ['make'] })).kexts, []);
  });

  it('an application whose Info.plist leaves its type to Xcode, though there is a Makefile', async () => {
    folder = await folderOf({ ...pumpProject, Makefile: 'all:\n' });
    assert.deepEqual(await identifiers(), ['org.sample.driver.pump', 'org.sample.driver.Valve']);
    await rename(join(folder, 'Gauge', 'Info.plist'), join(folder, 'Gauge', 'Other-Info.plist'));
    assert.deepEqual((await identifiers()).length, 3);
  });

  it('a variant of the Info.plist of a kext that Xcode builds, which no target has, though there is a Makefile', async () => {
    const variant = { ...pumpProject, Makefile: 'all:\n', 'Pump/Quiet-Info.plist': plist };
    folder = await folderOf(variant);
    assert.deepEqual(await identifiers(), [
      'org.sample.driver.pump',
      'org.sample.driver.Pump',
      'org.sample.driver.Valve',
    ]);
    const same = plist.replace('org.sample.driver.Pump', 'org.sample.driver.pump');
    await writeInto(folder, { 'Pump/Quiet-Info.plist': same });
    assert.deepEqual(await identifiers(), ['org.sample.driver.pump', 'org.sample.driver.Valve']);
    await writeInto(folder, { 'Quiet/Makefile': 'all:\n', 'Quiet/Info.plist': same });
    assert.deepEqual((await identifiers()).length, 3);
  });

  it('an Info.plist whose type is a build variable is one where a Makefile builds it', async () => {
    folder = await folderOf({ Makefile: 'all:\n', 'Info.plist': variableInfoPlist });
    assert.deepEqual(await identifiers(), ['$(PRODUCT_BUNDLE_IDENTIFIER)']);
  });

  it('a broken project file, which is said with the place', async () => {
    folder = await folderOf({ 'Pump.xcodeproj/project.pbxproj': `{ objects = { A = { productType = "${kextType}"; ` });
    const told = await findKextProject(folder, [], never);
    assert.ok('problem' in told);
    assert.equal(
      told.problem,
      'Pump.xcodeproj/project.pbxproj is malformed: found the end of the file; expected a key or }',
    );
    assert.equal(told.position?.line, 1);
  });
});

describe('The probe', () => {
  let folder: string;
  before(async () => {
    const files: Record<string, string> = { ...pumpProject };
    for (let at = 0; at < 150; at += 1) {
      files[`made/m${at}/Info.plist`] = variableInfoPlist;
      files[`made/App${at}.xcodeproj/project.pbxproj`] = '{ }';
    }
    folder = await folderOf(files);
    await mkdir(join(folder, 'empty'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('opens at most 200 files, whatever lies in a folder, and finds what lies near', async () => {
    const opened: string[] = [];
    const probe = new ProjectProbe(file => {
      opened.push(file);
      return readFile(file, 'utf8');
    });
    const { kexts, complete } = await findKexts(folder, { buildCommand: ['make'] }, probe);
    assert.equal(opened.length, 200);
    assert.equal(new Set(opened).size, 200);
    assert.equal(complete, false);
    assert.equal(kexts[0]?.infoPlist.bundleIdentifier, 'org.sample.driver.pump');
  });

  it('opens what a small project has, each file once', async () => {
    const small = await folderOf(pumpProject);
    const opened: string[] = [];
    const probe = new ProjectProbe(file => {
      opened.push(file.slice(small.length + 1));
      return readFile(file, 'utf8');
    });
    const { complete } = await findKexts(small, {}, probe);
    await rm(small, { recursive: true });
    assert.equal(complete, true);
    assert.deepEqual(opened.sort(), [
      ...['Gauge/Info.plist', 'Pump.xcconfig', 'Pump.xcodeproj/project.pbxproj', 'Pump/Info.plist', 'Valve/Info.plist'],
    ]);
  });
});
