import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chosenKext, type KextChoice } from '../../../../src/ui/session/chosenKext.ts';

const at = (file: string) => ({ infoPlist: { file } });
const base = at('/w/base/Info.plist');
const satellite = at('/w/base/satellite/Info.plist');
const other = at('/v/Other-Info.plist');
const beside = at('/v/Beside-Info.plist');
const kexts = [base, satellite, other, beside];

const nothing: KextChoice = { activeFile: undefined, selected: undefined, shown: undefined, remembered: undefined };

describe('The kext that is meant among several', () => {
  const rows: readonly (readonly [string, Partial<KextChoice>, { infoPlist: { file: string } } | undefined])[] = [
    ['nobody can tell without a hint', {}, undefined],
    ['the owner of the active file', { activeFile: '/w/base/Driver.cpp', remembered: other.infoPlist.file }, base],
    ['the nearest owner of the active file', { activeFile: '/w/base/satellite/src/Driver.cpp' }, satellite],
    ['no owner where two lie in one folder', { activeFile: '/v/Driver.cpp' }, undefined],
    ['two in one folder: the remembered one', { activeFile: '/v/D.cpp', remembered: beside.infoPlist.file }, beside],
    ['a file of none: the shown one stays', { activeFile: '/w/README.md', shown: satellite.infoPlist.file }, satellite],
    [
      'the shown one before the remembered one',
      { shown: satellite.infoPlist.file, remembered: base.infoPlist.file },
      satellite,
    ],
    ['the remembered one', { remembered: other.infoPlist.file }, other],
    ['a remembered one that is gone', { remembered: '/gone/Info.plist' }, undefined],
    [
      'the one that was just selected, whatever file is active',
      {
        activeFile: '/w/base/Driver.cpp',
        selected: { kext: other.infoPlist.file, activeFile: '/w/base/Driver.cpp' },
        shown: base.infoPlist.file,
      },
      other,
    ],
    [
      'until the editor goes on to a file of another',
      {
        activeFile: '/w/base/satellite/S.cpp',
        selected: { kext: other.infoPlist.file, activeFile: '/w/base/Driver.cpp' },
        shown: other.infoPlist.file,
      },
      satellite,
    ],
  ];
  for (const [name, told, expected] of rows) {
    it(name, () => assert.equal(chosenKext(kexts, { ...nothing, ...told }), expected));
  }

  describe('of an Xcode project', () => {
    const of = (target: string, ...files: readonly string[]) => ({
      ...at('/w/Info.plist'),
      xcode: { build: { projectFile: '/w/P.xcodeproj', target }, sources: { files } },
    });
    const [small, large] = [of('Small', '/w/a.cpp', '/w/both.cpp'), of('Large', '/w/b.cpp', '/w/both.cpp')];
    const chosen = (told: Partial<KextChoice>) => chosenKext([small, large, base], { ...nothing, ...told });

    it('is the one that the active file is compiled for', () => {
      assert.equal(chosen({ activeFile: '/w/b.cpp', shown: '/w/P.xcodeproj#Small' }), large);
    });
    it('stays the shown one where the file is compiled for several', () => {
      assert.equal(chosen({ activeFile: '/w/both.cpp', shown: '/w/P.xcodeproj#Large' }), large);
    });
    it('is known by its target', () => assert.equal(chosen({ remembered: '/w/P.xcodeproj#Small' }), small));
  });

  it('the only one needs no hint', () => assert.equal(chosenKext([base], { ...nothing, activeFile: '/x' }), base));
  it('none where there is none', () => assert.equal(chosenKext([], nothing), undefined));
});
