import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findKextProject, type XcodeWish } from '../../../src/operations/project/findKextProject.ts';
import { findKexts } from '../../../src/operations/project/findKexts.ts';
import { kextKey } from '../../../src/operations/project/kextKey.ts';
import type { KextProject } from '../../../src/operations/project/kextProject.ts';
import { folderOf, infoPlistOf, projectFileText, pumpProject, writeInto } from '../../support/xcodeFixture.ts';

const never = new AbortController().signal;

async function found(folder: string, wish: XcodeWish = {}, command: readonly string[] = []): Promise<KextProject> {
  const project = await findKextProject(folder, command, never, wish);
  assert.ok(!('problem' in project), JSON.stringify(project));
  return project;
}

async function problem(folder: string, wish: XcodeWish = {}): Promise<string> {
  const project = await findKextProject(folder, [], never, wish);
  assert.ok('problem' in project);
  return project.problem;
}

describe('The kexts of an Xcode project, where no Xcode runs', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await folderOf(pumpProject);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are its kext targets, with what its settings and an xcconfig file make of their Info.plists', async () => {
    const { kexts, problems } = await findKexts(folder);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      kexts.map(({ infoPlist: { bundleIdentifier, version, executable, packageType } }) => [
        bundleIdentifier,
        version,
        executable,
        packageType,
      ]),
      [
        ['org.sample.driver.pump', '1.2.3', 'Pump', 'KEXT'],
        ['org.sample.driver.Valve', '1.2.3', 'Valve', 'KEXT'],
      ],
    );
  });

  it('a plug-in knows the kext that carries it', async () => {
    const { kexts } = await findKexts(folder);
    assert.deepEqual(
      kexts.map(({ xcode }) => [xcode?.build.target, xcode?.insideOf]),
      [
        ['Pump', []],
        ['Valve', ['Pump']],
      ],
    );
  });

  it('are built by xcodebuild in Debug, unless a command is set', async () => {
    const pump = await found(join(folder, 'Pump'));
    const words = ['-project', join(folder, 'Pump.xcodeproj'), '-target', 'Pump', '-configuration', 'Debug'];
    assert.deepEqual(pump.buildCommand, ['xcodebuild', ...words, 'build']);
    assert.equal(pump.folder, folder);
    const { buildCommand, xcode } = await found(join(folder, 'Pump'), {}, ['sh', 'build.sh']);
    assert.deepEqual(buildCommand, ['sh', 'build.sh']);
    assert.equal(xcode?.builds, false);
  });

  it('are built as it is chosen, each choice a word of its own', async () => {
    const choice = { scheme: 'All', configuration: 'Release', architecture: 'x86_64' };
    const valve = await found(folder, { choice });
    assert.deepEqual(valve.buildCommand.slice(3), [
      ...['-scheme', 'All', '-configuration', 'Release', 'ARCHS=x86_64', 'ONLY_ACTIVE_ARCH=NO', 'build'],
    ]);
    assert.equal(valve.bundleIdentifier, 'org.sample.driver.Valve');
  });

  it('a scheme that is no file is the target of its name', async () => {
    const pump = await found(folder, { choice: { scheme: 'Pump' } });
    assert.deepEqual(pump.buildCommand.slice(3, 5), ['-target', 'Pump']);
  });

  it('a choice that the project does not have is told', async () => {
    assert.equal(await problem(folder, { choice: { scheme: 'Gone' } }), 'No kext here is built by a scheme "Gone".');
    const wish = { choice: { scheme: 'Pump', configuration: 'Fast' } };
    assert.equal(await problem(folder, wish), 'Pump has no configuration "Fast"; it has Debug, Release.');
    const smuggled = { choice: { scheme: 'Pump', architecture: 'x86_64 -exportArchive' } };
    assert.match(await problem(folder, smuggled), /names no architecture/);
  });

  it('that are equally near are named with their targets', async () => {
    assert.equal(
      await problem(folder),
      `${folder} has 2 kexts. Name the folder of one of them, or its scheme:\n  org.sample.driver.pump in Pump/Info.plist (Pump of Pump.xcodeproj)\n  org.sample.driver.Valve in Valve/Info.plist (Valve of Pump.xcodeproj)`,
    );
  });

  it('have the classes of what is compiled for them', async () => {
    const header = 'class Seal : public OSObject { OSDeclareDefaultStructors(Seal) };\n';
    await writeInto(folder, {
      'Pump/Seal.hpp': header,
      'Pump/Other.cpp': 'OSDefineMetaClassAndStructors(Seal, OSObject)\n',
    });
    assert.deepEqual((await found(join(folder, 'Pump'))).classes, ['Pump']);
    assert.deepEqual((await found(join(folder, 'Valve'))).classes, ['Valve']);
  });

  it('have no classes of headers for which nothing has a definition, unless a macro of the project may', async () => {
    const declared = (name: string) => `class ${name} : public OSObject { OSDeclareDefaultStructors(${name}) };\n`;
    await writeInto(folder, {
      'Pump/Family.hpp': ['VendorController', 'VendorQueue', 'Seal'].map(declared).join(''),
      'Pump/Pump.cpp': `OSDefineMetaClassAndStructors(Pump, VendorController)
DEFINE_CLASS(Seal, OSObject)
Queue *queueOf(OSObject *object) { return
OSDynamicCast(VendorQueue, object); }
`,
    });
    assert.deepEqual((await found(join(folder, 'Pump'))).classes.toSorted(), ['Pump', 'Seal']);
  });

  it('have classes by the names that the build’s macros give them', async () => {
    const settings = {
      INFOPLIST_FILE: 'Pump/Info.plist',
      PRODUCT_BUNDLE_IDENTIFIER: 'org.sample.driver.Pump',
      GCC_PREPROCESSOR_DEFINITIONS: 'DEBUG=1 "CLASS_NAME=$(PRODUCT_NAME)"',
    };
    await writeInto(folder, {
      'Pump.xcodeproj/project.pbxproj': projectFileText({
        targets: [{ name: 'Pump', settings, sources: ['Pump/Pump.cpp'] }],
      }),
      'Pump/Pump.cpp': 'OSDefineMetaClassAndStructors(CLASS_NAME, IOService)\n',
    });
    assert.deepEqual((await found(folder)).classes, ['Pump']);
  });

  it('have the classes of the branches that their target compiles', async () => {
    const target = (name: string, definitions: string) => ({
      name,
      settings: {
        INFOPLIST_FILE: 'Pump/Info.plist',
        PRODUCT_BUNDLE_IDENTIFIER: `org.sample.driver.${name}`,
        GCC_PREPROCESSOR_DEFINITIONS: `${definitions} "WHO=$(NOBODY_SAYS)"`,
        OTHER_CFLAGS: name === 'Fast' ? '-Wall -DFAST -D TURBO=1' : '',
      },
      sources: ['Pump/Pump.cpp'],
    });
    await writeInto(folder, {
      'Pump.xcodeproj/project.pbxproj': projectFileText({
        targets: [target('Small', 'SMALL=1'), target('Large', ''), target('Fast', '')],
      }),
      'Pump/Pump.cpp': `#if defined(SMALL)
OSDefineMetaClassAndStructors(SmallPump, IOService)
#elif FAST && TURBO
OSDefineMetaClassAndStructors(FastPump, IOService)
#else
OSDefineMetaClassAndStructors(LargePump, IOService)
#endif
`,
    });
    for (const scheme of ['Small', 'Large', 'Fast'])
      assert.deepEqual((await found(folder, { choice: { scheme } })).classes, [`${scheme}Pump`]);
  });

  it('several targets over one Info.plist are several kexts', async () => {
    const target = (name: string) => ({
      name,
      settings: { INFOPLIST_FILE: 'Pump/Info.plist', PRODUCT_BUNDLE_IDENTIFIER: `org.sample.driver.${name}` },
      sources: ['Pump/Pump.cpp'],
    });
    const text = projectFileText({ targets: [target('Small'), target('Large')] });
    await writeFile(join(folder, 'Pump.xcodeproj', 'project.pbxproj'), text);
    const { kexts } = await findKexts(folder);
    assert.equal(new Set(kexts.map(kextKey)).size, 2);
    const large = await found(folder, { choice: { scheme: 'Large' } });
    assert.equal(large.bundleIdentifier, 'org.sample.driver.Large');
  });

  it('one without code needs no executable', async () => {
    const plist = infoPlistOf({
      CFBundleIdentifier: 'org.sample.driver.Label',
      CFBundlePackageType: 'KEXT',
      CFBundleVersion: '1.0',
    });
    await writeInto(folder, {
      'Pump.xcodeproj/project.pbxproj': projectFileText({
        targets: [{ name: 'Label', settings: { INFOPLIST_FILE: 'Pump/Info.plist' } }],
      }),
      'Pump/Info.plist': plist,
    });
    assert.equal((await found(folder)).bundleIdentifier, 'org.sample.driver.Label');
  });

  it('a mistake in a value stands at the source’s Info.plist, with what was written', async () => {
    await writeFile(join(folder, 'Pump.xcconfig'), 'COMPANY = org.sample\nMODULE_VERSION = 9\n');
    const text = projectFileText({
      targets: [
        {
          name: 'Pump',
          settings: {
            INFOPLIST_FILE: 'Pump/Info.plist',
            MODULE_VERSION: 'v1',
            PRODUCT_BUNDLE_IDENTIFIER: 'org.sample.Pump',
          },
          sources: ['Pump/Pump.cpp'],
        },
      ],
    });
    await writeFile(join(folder, 'Pump.xcodeproj', 'project.pbxproj'), text);
    const told = await findKextProject(folder, [], never);
    assert.ok('problem' in told);
    assert.match(
      told.problem,
      /^Pump\/Info\.plist: CFBundleVersion is "v1"; expected .* It is written \$\(MODULE_VERSION\)\.$/,
    );
    assert.deepEqual([told.position?.file, told.position?.line], [join(folder, 'Pump', 'Info.plist'), 10]);
  });

  it('without an Info.plist: a mistake at the setting that names it', async () => {
    await rm(join(folder, 'Pump'), { recursive: true });
    await rm(join(folder, 'Valve'), { recursive: true });
    const told = await findKextProject(folder, [], never);
    assert.ok('problem' in told);
    assert.equal(
      told.problem,
      'The target Pump of Pump.xcodeproj has the Info.plist Pump/Info.plist, which could not be read.',
    );
    const file = join(folder, 'Pump.xcodeproj', 'project.pbxproj');
    assert.equal(told.position?.file, file);
    const line = (await readFile(file, 'utf8')).split('\n')[(told.position?.line ?? 0) - 1];
    assert.ok(line?.startsWith('"Pump/Info.plist"', (told.position?.column ?? 0) - 1), line);
  });

  it('with an Info.plist of a place that no file says: that is told, and not that it has none', async () => {
    const target = (file: Readonly<Record<string, string>>) =>
      projectFileText({ targets: [{ name: 'Pump', settings: file }] });
    const path = join(folder, 'Pump.xcodeproj', 'project.pbxproj');
    await writeFile(path, target({ INFOPLIST_FILE: '$(DERIVED_FILE_DIR)/Pump.plist' }));
    assert.equal(
      await problem(folder),
      'The target Pump of Pump.xcodeproj has the Info.plist $(DERIVED_FILE_DIR)/Pump.plist, whose place is not known before a build: let INFOPLIST_FILE name one in the project.',
    );
    await writeFile(path, target({}));
    assert.equal(
      await problem(folder),
      'The target Pump of Pump.xcodeproj has no Info.plist: INFOPLIST_FILE is not set.',
    );
  });

  it('keys that Xcode generates need not be written', async () => {
    const settings = {
      INFOPLIST_FILE: 'Pump/Info.plist',
      GENERATE_INFOPLIST_FILE: 'YES',
      PRODUCT_BUNDLE_IDENTIFIER: 'org.sample.driver.Pump',
      CURRENT_PROJECT_VERSION: '4',
    };
    await writeInto(folder, {
      'Pump.xcodeproj/project.pbxproj': projectFileText({
        targets: [{ name: 'Pump', settings, sources: ['Pump/Pump.cpp'] }],
      }),
      'Pump/Info.plist': infoPlistOf({}),
    });
    const { bundleIdentifier, version, infoPlist } = await found(folder);
    assert.deepEqual([bundleIdentifier, version, infoPlist.executable], ['org.sample.driver.Pump', '4', 'Pump']);
  });

  it('an Info.plist for the C preprocessor is read, with the macros of its header', async () => {
    const settings = {
      INFOPLIST_FILE: 'Pump/Info.plist',
      INFOPLIST_PREPROCESS: 'YES',
      INFOPLIST_PREFIX_HEADER: 'names.h',
    };
    await writeInto(folder, {
      'Pump.xcodeproj/project.pbxproj': projectFileText({
        targets: [{ name: 'Pump', settings, sources: ['Pump/Pump.cpp'] }],
      }),
      'names.h': '#define PUMP_IDENTIFIER org.sample.driver.Pump // ours\n',
      'Pump/Info.plist': `#include <version.h>\n${infoPlistOf({
        CFBundleExecutable: '$(EXECUTABLE_NAME)',
        CFBundleIdentifier: 'PUMP_IDENTIFIER',
        CFBundlePackageType: 'KEXT',
        CFBundleVersion: 'PUMP_VERSION',
      })}`.replace('<?xml version="1.0" encoding="UTF-8"?>\n', ''),
    });
    const { bundleIdentifier, identifierPosition } = await found(folder);
    assert.deepEqual([bundleIdentifier, identifierPosition?.line], ['org.sample.driver.Pump', 6]);
  });
});
