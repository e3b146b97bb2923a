import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findKextProject } from '../../../../src/operations/project/findKextProject.ts';
import type { KextProject } from '../../../../src/operations/project/kextProject.ts';
import { describeBuilt } from '../../../../src/ui/session/describeOwn.ts';
import { fingerprint } from '../../../../src/ui/session/fingerprint.ts';
import { shortNameOf, shortUuid } from '../../../../src/ui/session/kextView.ts';
import { isPartOf, isSourceOf, onItsLine } from '../../../../src/ui/session/ownKext.ts';
import { sampleProject } from '../../operations/fakeTarget.ts';
import { newUuid, oldUuid, own, verdict } from '../views.ts';

describe('The kext of the window', () => {
  it('is told by the end of its UUID: lld’s begin alike', () => {
    assert.deepEqual([shortUuid(oldUuid), shortUuid(newUuid)], ['AAAA', 'BBBB']);
  });

  it('is called by the last part of its identifier that says something', () => {
    assert.deepEqual(['org.sample.Turbine', 'com.example.', 'com.example. ', 'Turbine', '..'].map(shortNameOf), [
      'Turbine',
      'example',
      'example',
      'Turbine',
      '..',
    ]);
  });

  it('is called by its folder or its target while nobody knows what a build makes of its identifier', async () => {
    const folder = await sampleProject();
    const project = await findKextProject(folder, [], new AbortController().signal);
    await rm(folder, { recursive: true });
    assert.ok(!('problem' in project));
    const made = { ...project, folder: '/projects/turbine', bundleIdentifier: 'org.$(NAME)', version: '$(NUMBER)' };
    const shown = (changes: Partial<KextProject>) => {
      const { shortName, version } = describeBuilt({ ...made, ...changes }, undefined);
      return [shortName, version];
    };
    assert.deepEqual(shown({}), ['turbine', '?']);
    const build = {
      projectFile: '/projects/All.xcodeproj',
      target: 'Turbine',
      configuration: 'Debug',
      scheme: undefined,
      architecture: undefined,
    };
    const xcode = { ...build, builds: true, product: undefined, productName: undefined };
    assert.deepEqual(shown({ xcode }), ['Turbine', '?']);
    assert.deepEqual(shown({ bundleIdentifier: 'org.$(COMPANY).Turbine', version: '1.2' }), ['Turbine', '1.2']);
  });

  it('has the C and C++ files of its own folder', () => {
    assert.equal(isSourceOf(own, '/p/Turbine.hpp'), true);
    assert.equal(isSourceOf(own, '/p/sub/kmod.c'), true);
    assert.equal(isSourceOf(own, '/p/Info.plist'), false);
    assert.equal(isSourceOf(own, '/p-other/Turbine.cpp'), false);
  });

  it('is built of what lies in its folder, of its Info.plist, and of sources that an Xcode project takes from elsewhere', () => {
    const sources = { files: ['/shared/Rotor.cpp'], folders: [], without: [] };
    const ofXcode = { ...own, infoPlistFile: '/shared/Turbine.plist', sources };
    const files = ['/p/Makefile', '/p/Turbine.cpp', '/shared/Turbine.plist', '/shared/Rotor.cpp', '/shared/Other.cpp'];
    assert.deepEqual(
      files.filter(file => isPartOf(ofXcode, file)),
      files.slice(0, -1),
    );
  });

  it('takes its verdicts along when its classes move', () => {
    const anchor = { file: '/p/Turbine.hpp', line: 9, column: 7 };
    const moved = onItsLine(verdict({ anchor }), own.declarations);
    assert.equal(moved.anchor?.line, 3);
    const unknown = verdict({ class: 'Gone', anchor });
    assert.equal(onItsLine(unknown, own.declarations), unknown);
  });
});

describe('The fingerprint of files', () => {
  it('differs when one of them does, and not when one is written anew with the same text', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kext-dev-fingerprint-'));
    const files = ['journal', 'record'].map(name => join(folder, name));
    const [journal = '', record = ''] = files;
    try {
      const none = await fingerprint(files);
      await writeFile(journal, 'boot');
      const booted = await fingerprint(files);
      await writeFile(journal, 'boot');
      assert.notEqual(none, booted);
      assert.equal(await fingerprint(files), booted);
      await writeFile(record, '{}');
      assert.notEqual(await fingerprint(files), booted);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
