import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type BundleProblem, type KextBundle, readKextBundle } from '../../../src/bundle/kextBundle.ts';
import { driverClasses, MachOWorkshop, run } from './machOFixtures.ts';

const workshop = new MachOWorkshop();
after(() => workshop[Symbol.dispose]());

const executable = workshop.bundle('x86_64', '10.15');
const folder = join(workshop.folder, 'Pump.kext');
const contents = join(folder, 'Contents');
const infoPlist = join(contents, 'Info.plist');
const code = join(contents, 'MacOS', 'Pump');

function info(executableName = 'Pump'): string {
  return `<plist><dict>
<key>CFBundleIdentifier</key><string>com.example.driver.Pump</string>
<key>CFBundleVersion</key><string>1.2.0</string>
<key>CFBundlePackageType</key><string>KEXT</string>
<key>CFBundleExecutable</key><string>${executableName}</string>
<key>OSBundleLibraries</key><dict/>
<key>KextDevCrossBuilt</key><true/>
</dict></plist>`;
}

/** A sound bundle, in place of what was there. */
function layOut(text = info()): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(contents, 'MacOS'), { recursive: true });
  mkdirSync(join(contents, 'Resources'));
  writeFileSync(infoPlist, text);
  copyFileSync(executable, code);
}

async function bundle(): Promise<KextBundle> {
  const read = await readKextBundle(folder);
  return 'problem' in read ? assert.fail(read.problem) : read;
}

async function problem(path = folder): Promise<BundleProblem> {
  const read = await readKextBundle(path);
  return 'problem' in read ? read : assert.fail('was read without a problem');
}

describe('a kext bundle', () => {
  it('says what it is and what code it has', async () => {
    layOut();
    const { infoPlist: facts, executable: built, twin } = await bundle();
    const [, uuid] = /UUID: (\S+)/.exec(run('llvm-dwarfdump-14', ['--uuid', executable])) ?? [];
    assert.equal(facts.bundleIdentifier, 'com.example.driver.Pump');
    assert.deepEqual(facts.problems, []);
    assert.equal(facts.crossBuilt, true);
    assert.deepEqual(built, {
      memory: built?.memory,
      file: code,
      uuid,
      uuids: new Map([['x86_64', uuid]]),
      architectures: ['x86_64'],
      classes: driverClasses,
    });
    assert.equal(twin, undefined);
  });

  it('names its twin where it has one', async () => {
    layOut();
    const twin = join(contents, 'Resources', 'Pump.twin.so');
    writeFileSync(twin, '');
    assert.equal((await bundle()).twin, twin);
  });

  it('may have no code', async () => {
    layOut(info().replace(/<key>CFBundleExecutable.*\n/, ''));
    rmSync(join(contents, 'MacOS'), { recursive: true });
    const { executable: built, infoPlist: facts } = await bundle();
    assert.equal(built, undefined);
    assert.deepEqual(facts.problems, [
      // A kext that names no executable needs no libraries either, so nothing is missing.
    ]);
  });

  it('that has code has to name it', async () => {
    layOut(info().replace(/<key>CFBundleExecutable.*\n/, ''));
    const messages = (await bundle()).infoPlist.problems.map(({ message }) => message);
    assert.deepEqual(messages, [
      'CFBundleExecutable is missing; expected <string> with the name of the file in Contents/MacOS.',
    ]);
  });

  it('keeps the mistakes of its Info.plist with it', async () => {
    layOut(info().replace('KEXT', 'APPL'));
    assert.deepEqual(
      (await bundle()).infoPlist.problems.map(({ position, message }) => [position.file, position.line, message]),
      [[infoPlist, 4, 'CFBundlePackageType is "APPL"; a kernel extension has KEXT.']],
    );
  });
});

describe('what is no kext bundle', () => {
  const start = (file: string) => ({ file, line: 1, column: 1 });

  it('does not exist', async () => {
    const path = join(workshop.folder, 'None.kext');
    assert.deepEqual(await problem(path), {
      problem: `${path} does not exist; expected a kext bundle.`,
      position: start(path),
    });
  });

  it('is a file', async () => {
    assert.equal((await problem(executable)).problem, `${executable} is no folder; expected a kext bundle.`);
  });

  it('has no Info.plist', async () => {
    layOut();
    rmSync(infoPlist);
    assert.equal((await problem()).problem, `${folder} is no kext bundle: it has no Contents/Info.plist.`);
  });

  it('has a folder for an Info.plist', async () => {
    layOut();
    rmSync(infoPlist);
    mkdirSync(infoPlist);
    assert.equal((await problem()).problem, `${infoPlist} is no regular file.`);
  });

  it('has an Info.plist that is malformed', async () => {
    layOut(info().replace('</string>\n<key>OSB', '\n<key>OSB'));
    const found = await problem();
    assert.equal(
      found.problem,
      `${infoPlist} is malformed: found </dict>; expected </string> for the <string> on line 5.`,
    );
    assert.equal(found.position.line, 8);
  });

  it('has an Info.plist that is binary', async () => {
    layOut('bplist00\u0000');
    assert.equal(
      (await problem()).problem,
      `${infoPlist} is a binary property list; convert it with plutil -convert xml1.`,
    );
  });

  it('lacks the executable that it names', async () => {
    layOut();
    rmSync(code);
    const found = await problem();
    assert.equal(found.problem, `CFBundleExecutable names Pump, which is missing: ${code} does not exist.`);
    assert.deepEqual(found.position, { file: infoPlist, line: 5, column: 1, endColumn: 30 });
  });

  it('has an executable that is no Mach-O file', async () => {
    layOut();
    writeFileSync(code, '#!/bin/sh\n');
    assert.equal((await problem()).problem, `${code} is no Mach-O file: it is a script.`);
  });

  it('has a pipe for an executable, which is not waited for', async () => {
    layOut();
    rmSync(code);
    execFileSync('mkfifo', [code]);
    assert.equal((await problem()).problem, `${code} is no regular file.`);
  });

  for (const name of ['../../../etc/passwd', '..', ''])
    it(`names an executable outside of it: "${name}"`, async () => {
      layOut(info(name));
      assert.equal(
        (await problem()).problem,
        `CFBundleExecutable is "${name}"; expected the name of a file in Contents/MacOS.`,
      );
    });

  it('still has a build setting for its executable', async () => {
    layOut(info('$(EXECUTABLE_NAME)'));
    assert.equal(
      (await problem()).problem,
      'CFBundleExecutable is still "$(EXECUTABLE_NAME)": the build did not fill in EXECUTABLE_NAME.',
    );
  });
});
