import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Operation } from '../../../src/operations/operation.ts';
import { findKextProject } from '../../../src/operations/project/findKextProject.ts';
import { XcodeQuestions } from '../../../src/operations/xcode/xcodeQuestions.ts';
import { scenarios } from '../../../src/simulator/systems/simulatedSystem.ts';
import { ProcessRunner } from '../../../src/targets/processRunner.ts';
import { type Options, readOptions, UsageError } from '../../../src/terminal/options.ts';
import { type Answer, runCommand } from '../../../src/terminal/runCommand.ts';
import { xcodeWish } from '../../../src/terminal/xcodeWish.ts';
import { fakeXcodebuild, folderOf, pumpProject, writeInto } from '../../support/xcodeFixture.ts';
import { fakeTarget, memoryRecords } from '../operations/fakeTarget.ts';

const never = new AbortController().signal;
const host = new ProcessRunner();

async function openOperation(options: Options): Promise<Operation> {
  const project = await findKextProject(options.project ?? '.', options.build, never, xcodeWish(options, host));
  if ('problem' in project) throw new UsageError(project.problem);
  return { project, target: fakeTarget({}), host, records: memoryRecords(), progress: () => undefined };
}

function kextDev(...argv: readonly string[]): Promise<Answer> {
  const noFile = async () => assert.fail('asked for a file');
  const world = { readInput: noFile, readChunks: () => assert.fail(), operation: openOperation, systems: scenarios };
  return runCommand(readOptions(argv), world, never);
}

describe('An Xcode project in the terminal, with an xcodebuild on the PATH', () => {
  let folder: string;
  let tools: string;
  const path = process.env.PATH;
  const products = () => join(folder, 'elsewhere', 'Debug');
  beforeEach(async () => {
    folder = await folderOf(pumpProject);
    tools = await fakeXcodebuild(products());
    process.env.PATH = `${tools}${delimiter}${path}`;
  });
  afterEach(async () => {
    process.env.PATH = path;
    for (const place of [folder, tools]) await rm(place, { recursive: true, force: true });
  });
  const calls = async () => (await readFile(join(tools, 'calls.txt'), 'utf8')).trimEnd().split('\n');

  it('build: is what Xcode makes of the target, in the place that Xcode names', async () => {
    const words = ['build', '--project', join(folder, 'Pump'), '--configuration', 'Release', '--arch', 'x86_64'];
    const { document, status } = await kextDev(...words);
    assert.equal(status, 0, JSON.stringify(document));
    assert.deepEqual([document.outcome, document.bundle], ['built', join(products(), 'Pump.kext')]);
    const selection = `-project ${folder}/Pump.xcodeproj -target Pump -configuration Release ARCHS=x86_64 ONLY_ACTIVE_ARCH=NO`;
    assert.deepEqual(await calls(), [`${selection} -showBuildSettings -json`, `${selection} build`]);
  });

  it('status: names the target, the configuration and the product; the identifier is the one that Xcode says', async () => {
    const words = ['status', '--project', join(folder, 'Pump')];
    const before = await kextDev(...words);
    const what = `org.sample.driver.told: the target Pump of Pump.xcodeproj, Debug`;
    assert.ok(before.text.includes(`${what}: not built`), before.text);
    await kextDev('build', '--project', join(folder, 'Pump'));
    const { document, text } = await kextDev(...words);
    assert.ok(text.includes(`${what}: built in ${products()}/Pump.kext`), text);
    assert.partialDeepStrictEqual(document.project, {
      bundleIdentifier: 'org.sample.driver.told',
      version: '1.2.3',
      infoPlist: join(folder, 'Pump', 'Info.plist'),
      bundle: join(products(), 'Pump.kext'),
      xcode: { target: 'Pump', configuration: 'Debug', builds: true },
    });
  });

  it('a scheme is built as a scheme, and another kext of it is not taken for the kext', async () => {
    const { document } = await kextDev('build', '--project', folder, '--scheme', 'All');
    assert.deepEqual([document.outcome, document.bundle], ['built', join(products(), 'Valve.kext')]);
    assert.match((await calls())[1] ?? '', / -scheme All -configuration Debug build$/);
  });

  it('a product is never guessed: one that lies elsewhere is not taken', async () => {
    await kextDev('build', '--project', join(folder, 'Pump'));
    const plist = await readFile(join(products(), 'Pump.kext', 'Contents', 'Info.plist'), 'utf8');
    await rm(products(), { recursive: true });
    await writeInto(folder, { 'build/Debug/Pump.kext/Contents/Info.plist': plist });
    const { text } = await kextDev('status', '--project', join(folder, 'Pump'));
    assert.match(text, /Debug: not built/);
  });

  it('a build command that is set wins, and its product is found by what xcodebuild said in it', async () => {
    const own = ['sh', '-c', `xcodebuild -custom ${products()}`];
    const words = ['build', '--project', join(folder, 'Pump'), '--build', JSON.stringify(own)];
    const { document } = await kextDev(...words);
    assert.deepEqual([document.outcome, document.bundle], ['built', join(products(), 'Pump.kext')]);
    assert.match((await calls()).at(-1) ?? '', /^-custom /);
  });

  it('where the command line tools have no Xcode, the project’s files say what they can, and make builds', async () => {
    await writeInto(folder, { Makefile: 'all:\n' });
    const said =
      "xcode-select: error: tool 'xcodebuild' requires Xcode, but active developer directory is a command line tools instance";
    await writeInto(tools, { xcodebuild: `#!/bin/sh\necho "${said}" >&2\nexit 1\n` });
    const wish = { xcode: new XcodeQuestions(host) };
    const project = await findKextProject(join(folder, 'Pump'), [], never, wish);
    assert.ok(!('problem' in project));
    assert.deepEqual([project.bundleIdentifier, project.buildCommand], ['org.sample.driver.pump', ['make']]);
  });

  it('an answer holds until the project file is another one, or a file of its settings', async () => {
    const wish = { xcode: new XcodeQuestions(host) };
    const look = () => findKextProject(join(folder, 'Pump'), [], never, wish);
    await look();
    await look();
    assert.equal((await calls()).length, 1);
    const file = 'Pump.xcodeproj/project.pbxproj';
    await writeInto(folder, { [file]: `${pumpProject[file]}\n` });
    await look();
    assert.equal((await calls()).length, 2);
    const settings = Object.keys(pumpProject).find(name => name.endsWith('.xcconfig')) ?? assert.fail('no xcconfig');
    await writeInto(folder, { [settings]: `${pumpProject[settings]}\nOTHER = 1\n` });
    await look();
    assert.equal((await calls()).length, 3);
  });

  it('a question that came to no answer is asked again', async () => {
    const whole = await readFile(join(tools, 'xcodebuild'), 'utf8');
    await writeInto(tools, { xcodebuild: '#!/bin/sh\necho slow >&2\nexit 74\n' });
    const wish = { xcode: new XcodeQuestions(host) };
    await findKextProject(join(folder, 'Pump'), [], never, wish);
    await writeInto(tools, { xcodebuild: whole });
    for (const _ of ['asked', 'known']) await findKextProject(join(folder, 'Pump'), [], never, wish);
    assert.equal((await calls()).length, 1);
  });
});
