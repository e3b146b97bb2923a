import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseOpenStepPropertyList } from '../../../src/bundle/openStepPropertyList.ts';
import { isKextTarget, readXcodeProject, type XcodeProject } from '../../../src/bundle/xcodeProject.ts';
import { kextType, projectFileText, pumpProject } from '../../support/xcodeFixture.ts';

const file = '/p/Pump.xcodeproj/project.pbxproj';

function project(text: string): XcodeProject {
  const list = parseOpenStepPropertyList(text, file);
  if ('problem' in list) assert.fail(list.problem);
  return readXcodeProject(list);
}

const pump = () => project(pumpProject['Pump.xcodeproj/project.pbxproj'] ?? '');

describe('A project file', () => {
  it('says the project’s name, folder and configurations', () => {
    const { name, folder, file: own, configurations, usualConfiguration } = pump();
    assert.deepEqual([name, folder, own], ['Pump', '/p', '/p/Pump.xcodeproj']);
    assert.deepEqual(
      configurations.map(each => [each.name, each.basedOn]),
      [
        ['Debug', '/p/Pump.xcconfig'],
        ['Release', '/p/Pump.xcconfig'],
      ],
    );
    assert.equal(usualConfiguration, 'Release');
  });

  it('says which targets make a kext, of what, and which carry which', () => {
    assert.deepEqual(
      pump().targets.map(target => [target.name, isKextTarget(target), target.sources.files, target.embeds]),
      [
        ['Pump', true, ['/p/Pump/Pump.cpp'], ['Valve']],
        ['Valve', true, ['/p/Valve/Valve.cpp'], []],
        ['Gauge', false, [], []],
      ],
    );
  });

  it('has a kext in no other product type that begins like one', () => {
    const types = [
      kextType,
      `${kextType}.iokit`,
      `${kextType}.iokit.shallow`,
      `${kextType}s`,
      'com.apple.product-type.bundle',
    ];
    const targets = types.map((productType, at) => ({ name: `T${at}`, productType }));
    assert.deepEqual(project(projectFileText({ targets })).targets.map(isKextTarget), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('has sources in groups within groups, in places of their own, and in folders that Xcode keeps in step', () => {
    const text = `{ rootObject = R; objects = {
      R = { isa = PBXProject; mainGroup = G; projectDirPath = src; targets = (T); };
      G = { isa = PBXGroup; children = (A, H, S, D, G); sourceTree = "<group>"; };
      A = { isa = PBXGroup; path = a; children = (B, C); sourceTree = "<group>"; };
      B = { isa = PBXFileReference; path = ../b.cpp; sourceTree = "<group>"; };
      C = { isa = PBXFileReference; path = /abs/c.cpp; sourceTree = "<absolute>"; };
      D = { isa = PBXFileReference; path = usr/d.h; sourceTree = SDKROOT; };
      H = { isa = PBXFileReference; path = h.hpp; sourceTree = SOURCE_ROOT; };
      S = { isa = PBXFileSystemSynchronizedRootGroup; path = Sources; exceptions = (X, Y); sourceTree = "<group>"; };
      X = { membershipExceptions = (not.cpp); target = T; };
      Y = { membershipExceptions = (other.cpp); target = U; };
      P = { isa = PBXSourcesBuildPhase; files = (F1, F2, F4, F9); };
      Q = { isa = PBXHeadersBuildPhase; files = (F3); };
      F1 = { fileRef = B; }; F2 = { fileRef = C; }; F3 = { fileRef = H; }; F4 = { fileRef = D; };
      T = { isa = PBXNativeTarget; name = T; buildPhases = (P, Q); fileSystemSynchronizedGroups = (S); };
    }; }`;
    const [target] = project(text).targets;
    assert.deepEqual(target?.sources, {
      files: ['/p/src/b.cpp', '/abs/c.cpp', '/p/src/h.hpp'],
      folders: ['/p/src/Sources'],
      without: ['/p/src/Sources/not.cpp'],
    });
  });

  it('that lacks what it should have is a project with less', () => {
    for (const text of [
      '{ }',
      '( )',
      '{ objects = { }; rootObject = R; }',
      '{ objects = { R = { targets = (T, U); }; T = { }; }; rootObject = R; }',
    ])
      assert.doesNotThrow(() => project(text), text);
  });

  it('is read with whatever is mixed up in it', () => {
    const words = [...new Set((pumpProject['Pump.xcodeproj/project.pbxproj'] ?? '').match(/[\w"]+|[{}();=,]/g))];
    const mixed = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...words)), { maxLength: 6 });
    fc.assert(
      fc.property(mixed, changes => {
        let text = pumpProject['Pump.xcodeproj/project.pbxproj'] ?? '';
        for (const [at, word] of changes)
          text = text.slice(0, at % text.length) + word + text.slice((at % text.length) + word.length);
        const list = parseOpenStepPropertyList(text, file);
        if (!('problem' in list)) assert.ok(readXcodeProject(list).targets.length <= 200);
      }),
      { numRuns: 300 },
    );
  });
});
