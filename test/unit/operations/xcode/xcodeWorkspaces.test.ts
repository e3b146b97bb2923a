import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findKextProject, type XcodeWish } from '../../../../src/operations/project/findKextProject.ts';
import { findKexts } from '../../../../src/operations/project/findKexts.ts';
import { ProjectProbe } from '../../../../src/operations/project/projectProbe.ts';
import { buildOptions } from '../../../../src/operations/xcode/buildOptions.ts';
import { XcodeQuestions } from '../../../../src/operations/xcode/xcodeQuestions.ts';
import { schemesOf } from '../../../../src/operations/xcode/xcodeSchemes.ts';
import { xcodeText } from '../../../../src/terminal/xcodeText.ts';
import { folderOf, infoPlistOf, projectFileText, writeInto } from '../../../support/xcodeFixture.ts';
import { fakeRunner, output } from '../../simulator/fakeRunner.ts';

const never = new AbortController().signal;

/** A project with a kext of that name, which several others may have. */
function kextIn(folder: string, target: string, identifier: string): Readonly<Record<string, string>> {
  const settings = { INFOPLIST_FILE: 'Info.plist' };
  const keys = { CFBundleIdentifier: identifier, CFBundlePackageType: 'KEXT', CFBundleVersion: '1.0' };
  return {
    [`${folder}/${target}.xcodeproj/project.pbxproj`]: projectFileText({ targets: [{ name: target, settings }] }),
    [`${folder}/Info.plist`]: infoPlistOf(keys),
  };
}

const workspaceOf = (...locations: readonly string[]) =>
  `<?xml version="1.0"?>\n<Workspace version = "1.0">\n${locations.map(each => `<FileRef location = "${each}"/>`).join('\n')}\n</Workspace>\n`;

const schemeOf = (...targets: readonly (readonly [target: string, project: string])[]) =>
  `<Scheme>\n<BuildAction>\n${targets
    .map(
      ([target, project]) =>
        `<BuildableReference BlueprintName = "${target}" ReferencedContainer = "container:${project}">`,
    )
    .join('\n')}\n</BuildAction>\n</Scheme>\n`;

const shared = 'Sensors.xcworkspace/xcshareddata/xcschemes';
const deep = 'Sources/Drivers/Mac';

describe('The kexts of a folder with an Xcode workspace', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await folderOf({
      'Sensors.xcworkspace/contents.xcworkspacedata': workspaceOf(
        `group:${deep}/Driver.xcodeproj`,
        'group:App/Driver.xcodeproj',
      ),
      ...kextIn(deep, 'Driver', 'org.sample.driver.Thermometer'),
      ...kextIn('App', 'Driver', 'org.sample.driver.Barometer'),
      [`${shared}/Thermometer.xcscheme`]: schemeOf(['Driver', `${deep}/Driver.xcodeproj`]),
      [`${shared}/Everything.xcscheme`]: schemeOf(
        ['Driver', `${deep}/Driver.xcodeproj`],
        ['Driver', 'App/Driver.xcodeproj'],
      ),
      'App/Driver.xcodeproj/xcshareddata/xcschemes/Barometer.xcscheme': schemeOf(['Driver', 'Driver.xcodeproj']),
    });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function found(wish: XcodeWish = {}, place = folder) {
    const project = await findKextProject(place, [], never, wish);
    assert.ok(!('problem' in project), JSON.stringify(project));
    return project;
  }
  const identifiers = async (root = folder) =>
    (await findKexts(root)).kexts.map(({ infoPlist }) => infoPlist.bundleIdentifier);

  it('are also those of projects that only the workspace leads to', async () => {
    assert.deepEqual(await identifiers(), ['org.sample.driver.Barometer', 'org.sample.driver.Thermometer']);
  });

  it('are told apart by the chosen scheme, whose files alone are opened, each once', async () => {
    const opened: string[] = [];
    const probe = new ProjectProbe(file => {
      opened.push(file);
      return readFile(file, 'utf8');
    });
    const choiceOf = () => ({ scheme: 'Thermometer' });
    assert.equal((await findKexts(folder, { choiceOf }, probe)).kexts.length, 2);
    const project = join(folder, deep, 'Driver.xcodeproj');
    const schemes = await schemesOf(project, [join(folder, 'Sensors.xcworkspace')], probe, 'Thermometer');
    assert.deepEqual([...schemes.keys()], ['Thermometer']);
    assert.deepEqual(
      opened.filter(file => file.endsWith('.xcscheme')),
      [join(folder, shared, 'Thermometer.xcscheme')],
    );
  });

  it('are built by the workspace where it alone has the scheme', async () => {
    const thermometer = await found({ choice: { scheme: 'Thermometer' } });
    assert.equal(thermometer.bundleIdentifier, 'org.sample.driver.Thermometer');
    assert.deepEqual(thermometer.buildCommand, [
      ...['xcodebuild', '-workspace', join(folder, 'Sensors.xcworkspace'), '-scheme', 'Thermometer'],
      ...['-configuration', 'Debug', 'build'],
    ]);
    assert.equal(
      xcodeText(thermometer.xcode ?? assert.fail(), folder),
      `the target Driver of ${deep}/Driver.xcodeproj, scheme Thermometer of Sensors.xcworkspace, Debug`,
    );
  });

  it('are built by their project where that has the scheme, and where none is named', async () => {
    const app = join(folder, 'App/Driver.xcodeproj');
    const barometer = await found({ choice: { scheme: 'Barometer' } });
    assert.deepEqual(barometer.buildCommand.slice(1, 5), ['-project', app, '-scheme', 'Barometer']);
    const alone = await found({}, join(folder, 'App'));
    assert.deepEqual(alone.buildCommand.slice(1, 5), ['-project', app, '-target', 'Driver']);
    await writeInto(folder, { [`${shared}/Barometer.xcscheme`]: schemeOf(['Driver', 'App/Driver.xcodeproj']) });
    assert.deepEqual((await found({ choice: { scheme: 'Barometer' } })).buildCommand.slice(1, 3), ['-project', app]);
  });

  it('are offered the schemes that build them, of targets with one name those of their own project', async () => {
    const { kexts } = await findKexts(folder);
    const schemes = async (said: string | undefined) => {
      const xcode = said === undefined ? undefined : new XcodeQuestions(fakeRunner(() => output({ stdout: said })));
      return Promise.all(kexts.map(async kext => (await buildOptions(kext, xcode, never))?.schemes));
    };
    assert.deepEqual(await schemes(undefined), [
      ['Barometer', 'Everything'],
      ['Everything', 'Thermometer'],
    ]);
    // Asked of a project, Xcode tells of its own, and of those that it makes itself.
    const told = '{"project": {"schemes": ["Driver"], "targets": ["Driver"], "configurations": ["Debug"]}}';
    assert.deepEqual(await schemes(told), [
      ['Driver', 'Everything'],
      ['Driver', 'Everything', 'Thermometer'],
    ]);
  });

  it('are built by it also where the folder of one is looked at that lies below it', async () => {
    const settings = { INFOPLIST_FILE: 'Gauge/Info.plist' };
    await writeInto(folder, {
      'Gauge.xcodeproj/project.pbxproj': projectFileText({ targets: [{ name: 'Gauge', settings }] }),
      'Gauge/Info.plist': infoPlistOf({
        CFBundleIdentifier: 'org.sample.driver.Gauge',
        CFBundlePackageType: 'KEXT',
        CFBundleVersion: '1',
      }),
      'Sensors.xcworkspace/contents.xcworkspacedata': workspaceOf('group:Gauge.xcodeproj'),
      [`${shared}/Gauges.xcscheme`]: schemeOf(['Gauge', 'Gauge.xcodeproj']),
    });
    const { buildCommand } = await found({ choice: { scheme: 'Gauges' } }, join(folder, 'Gauge'));
    assert.deepEqual(buildCommand.slice(1, 3), ['-workspace', join(folder, 'Sensors.xcworkspace')]);
  });

  it('are asked of Xcode as they are built: by the workspace', async () => {
    const runner = fakeRunner(() => output({ exitCode: 65 }));
    await found({ choice: { scheme: 'Thermometer' }, xcode: new XcodeQuestions(runner) });
    assert.match(
      runner.lines.join('\n'),
      /xcodebuild -workspace \S+\/Sensors\.xcworkspace -scheme Thermometer .* -showBuildSettings/,
    );
  });

  it('are those of the workspace that is named as the project', async () => {
    await writeInto(folder, kextIn('Beside', 'Hygrometer', 'org.sample.driver.Hygrometer'));
    await writeInto(folder, {
      'Sensors.xcworkspace/contents.xcworkspacedata': workspaceOf(`group:${deep}/Driver.xcodeproj`),
    });
    assert.equal((await identifiers()).length, 3);
    const named = await found({}, join(folder, 'Sensors.xcworkspace'));
    assert.equal(named.bundleIdentifier, 'org.sample.driver.Thermometer');
  });

  it('are none of projects outside the folder, nor of the workspace that each project has inside', async () => {
    const outside = await folderOf(kextIn('.', 'Far', 'org.sample.driver.Far'));
    await writeInto(folder, {
      'Sensors.xcworkspace/contents.xcworkspacedata': workspaceOf(
        `absolute:${outside}/Far.xcodeproj`,
        'group:../Far.xcodeproj',
      ),
      'App/Driver.xcodeproj/project.xcworkspace/contents.xcworkspacedata': workspaceOf(
        'self:',
        `group:../../${deep}/Driver.xcodeproj`,
      ),
    });
    assert.deepEqual(await identifiers(), ['org.sample.driver.Barometer']);
    await rm(outside, { recursive: true });
  });

  it('are found beside a workspace that cannot be read, and that is told with its place', async () => {
    await writeInto(folder, {
      'Sensors.xcworkspace/contents.xcworkspacedata': '<Workspace>\n<FileRef>\n</Workspace>\n',
    });
    const { kexts, problems } = await findKexts(folder);
    assert.deepEqual(
      kexts.map(({ infoPlist }) => infoPlist.bundleIdentifier),
      ['org.sample.driver.Barometer'],
    );
    assert.deepEqual(problems, [
      {
        problem:
          'Sensors.xcworkspace/contents.xcworkspacedata is malformed: found </Workspace>; expected </FileRef> for the <FileRef> on line 2',
        position: { file: join(folder, 'Sensors.xcworkspace/contents.xcworkspacedata'), line: 3, column: 1 },
      },
    ]);
    await rm(join(folder, 'App'), { recursive: true });
    const none = await findKextProject(folder, [], never);
    assert.match(
      'problem' in none ? none.problem : '',
      /^Sensors\.xcworkspace\/contents\.xcworkspacedata is malformed/,
    );
  });

  it('cost no more than the files that may be opened, however many projects it names', async () => {
    const many = Array.from({ length: 500 }, (_, at) => `group:${deep}/${at}/Gone.xcodeproj`);
    await writeInto(folder, { 'Sensors.xcworkspace/contents.xcworkspacedata': workspaceOf(...many) });
    const { kexts, complete } = await findKexts(folder);
    assert.deepEqual([kexts.length, complete], [1, false]);
  });
});
