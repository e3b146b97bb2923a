import assert from 'node:assert/strict';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findKextProject } from '../../../../src/operations/project/findKextProject.ts';
import type { KextProject } from '../../../../src/operations/project/kextProject.ts';
import { infoPlist, sampleProject, turbine } from '../fakeTarget.ts';

const never = new AbortController().signal;

describe('The kext project of a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await sampleProject();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  async function found(command: readonly string[] = []): Promise<KextProject> {
    const project = await findKextProject(folder, command, never);
    assert.ok(!('problem' in project), JSON.stringify(project));
    return project;
  }
  async function problem() {
    const project = await findKextProject(folder, [], never);
    assert.ok('problem' in project);
    return project;
  }

  it('is described by its Info.plist and its sources', async () => {
    const project = await found();
    assert.deepEqual([project.folder, project.bundleIdentifier, project.version], [folder, turbine, '1.0']);
    assert.deepEqual([...project.classes].sort(), ['Rotor', 'Turbine']);
    assert.deepEqual(project.buildCommand, ['make']);
    const line = infoPlist.split('\n').findIndex(text => text.includes('CFBundleIdentifier')) + 1;
    assert.deepEqual(
      [project.identifierPosition?.file, project.identifierPosition?.line],
      [join(folder, 'Info.plist'), line],
    );
  });

  it('is built as it is told', async () => {
    assert.deepEqual((await found(['xcodebuild', '-quiet'])).buildCommand, ['xcodebuild', '-quiet']);
  });

  it('may lie two folders down, and is built where its Makefile is', async () => {
    await mkdir(join(folder, 'source', 'Turbine'), { recursive: true });
    await rename(join(folder, 'Info.plist'), join(folder, 'source', 'Turbine', 'Turbine-Info.plist'));
    assert.equal((await found()).folder, folder);
    await write('source/Makefile', 'all:\n');
    assert.equal((await found()).folder, join(folder, 'source'));
  });

  it('is not looked for in products, nor deeper', async () => {
    await rm(join(folder, 'Info.plist'));
    for (const place of ['build/Info.plist', 'T.kext/Info.plist', '.hidden/Info.plist', 'a/b/c/Info.plist'])
      await write(place, infoPlist);
    assert.match((await problem()).problem, /^No kext project in /);
  });

  it('is the nearest of several, and the whole one before the broken one', async () => {
    await write('a/Info.plist', infoPlist.replace(turbine, 'org.sample.Other'));
    assert.equal((await found()).bundleIdentifier, turbine);
    await write('Info.plist', '<plist>');
    assert.equal((await found()).bundleIdentifier, 'org.sample.Other');
  });

  it('is not guessed where several are equally near', async () => {
    await rm(join(folder, 'Info.plist'));
    await write('a/Info.plist', infoPlist);
    await write('b/Info.plist', infoPlist.replace(turbine, 'org.sample.Other'));
    assert.equal(
      (await problem()).problem,
      `${folder} has 2 kexts. Name the folder of one of them:\n  ${turbine} in a/Info.plist\n  org.sample.Other in b/Info.plist`,
    );
  });

  it('does not own the classes of a kext below it, which shares its Makefile', async () => {
    const brake =
      '#include <IOKit/IOService.h>\nclass Brake : public IOService { OSDeclareDefaultStructors(Brake) };\n';
    await write('brake/Info.plist', infoPlist.replace(turbine, 'org.sample.Brake'));
    await write('brake/Brake.hpp', brake);
    const nearest = await found();
    assert.deepEqual([...nearest.classes].sort(), ['Rotor', 'Turbine']);
    assert.deepEqual(nearest.otherKexts, [join(folder, 'brake')]);
  });

  it('is no application', async () => {
    await write('Info.plist', infoPlist.replace('>KEXT<', '>APPL<'));
    assert.match((await problem()).problem, /^No kext project in /);
  });

  it('with a malformed Info.plist: what is wrong, and where', async () => {
    await write('Info.plist', infoPlist.replace('Turbine</string>', 'Turbine</strin>'));
    const { problem: told, position } = await problem();
    assert.match(told, /^Info\.plist is malformed: /);
    assert.deepEqual([position?.file, position?.line], [join(folder, 'Info.plist'), 5]);
  });

  it('is never one of Apple’s', async () => {
    await write('Info.plist', infoPlist.replace(turbine, 'com.apple.driver.Turbine'));
    const { problem: told, position } = await problem();
    assert.equal(
      told,
      "Info.plist: com.apple.driver.Turbine is Apple's name for a kext; Kext Dev touches no kext of Apple's.",
    );
    assert.equal(position?.line, infoPlist.split('\n').findIndex(text => text.includes('CFBundleIdentifier')) + 1);
  });
});
