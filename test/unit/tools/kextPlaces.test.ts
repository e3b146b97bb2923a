import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type KextPlace, placeOf, removableParent, requireRemovable } from '../../../src/tools/kextPlaces.ts';

describe('Where a copy lies', () => {
  const table: readonly (readonly [string, KextPlace])[] = [
    ['/Library/Extensions/Pump.kext', 'installed'],
    ['/private/tmp/kext-dev/Pump.kext', 'temporary'],
    ['/Volumes/Macintosh HD 2/Library/Extensions/Pump.kext', 'volume'],
    ['/Library/Extensions/.Pump.kext.kext-dev-new', 'leftover'],
    ['/Library/Extensions/.Pump.kext.kext-dev-new-0a1b2c3d', 'leftover'],
    ['/private/tmp/kext-dev/.Pump.kext.kext-dev-old', 'leftover'],
    ['/Library/Extensions/.Pump.kext.kext-dev-gone-0a1b2c3d', 'leftover'],
    ['/System/Library/Extensions/Pump.kext', 'system'],
    ['/Library/StagedExtensions/Library/Extensions/Pump.kext', 'staged'],
    ['/Library/Extensions/Winch.kext/Contents/PlugIns/Pump.kext', 'inside'],
    ['/Users/me/build/Pump.kext', 'inside'],
  ];
  for (const [path, place] of table) it(`${path}: ${place}`, () => assert.equal(placeOf(path), place));

  it('is where builds are installed in a folder that was named for them, and nowhere below it', () => {
    assert.equal(placeOf('/opt/kexts/Pump.kext', '/opt/kexts'), 'installed');
    assert.equal(placeOf('/opt/kexts/.Pump.kext.kext-dev-new', '/opt/kexts'), 'leftover');
    assert.equal(placeOf('/opt/kexts/More/Pump.kext', '/opt/kexts'), 'inside');
    assert.equal(placeOf('/private/tmp/kext-dev/Pump.kext', '/private/tmp/kext-dev'), 'temporary');
  });
});

describe('The removal of a copy', () => {
  it('is for a kext, or what is left of one, directly in a folder that kexts are installed in, whatever its name holds', () => {
    for (const path of [
      '/Library/Extensions/Pump.kext',
      '/private/tmp/kext-dev/Pump.kext',
      '/Volumes/Macintosh HD/Library/Extensions/Pump $(reboot) "\'`;.kext',
      '/Library/Extensions/-rf.kext',
      '/Library/Extensions/two\nlines.kext',
      '/Library/Extensions/.Pump.kext.kext-dev-old',
      '/Volumes/-oProxyCommand=x/Library/Extensions/é.kext',
      '/Library/Extensions/.Pump.kext.kext-dev-gone-0a1b2c3d',
    ]) {
      assert.doesNotThrow(() => requireRemovable(path));
      assert.equal(removableParent(path), posix.dirname(path));
    }
  });

  const hostile = [
    '',
    '/',
    '.kext',
    'Pump.kext',
    './Pump.kext',
    '-rf',
    '/Pump.kext',
    '/Library/Extensions',
    '/Library/Extensions/',
    '/Library/Extensions/.kext',
    '/Library/Extensions/..kext',
    '/Library/Extensions/.Pump.kext',
    '/Library/Extensions/.Pump.kext.kext-dev-newer',
    '/Library/Extensions/Pump.kext.kext-dev-new',
    '/Library/Extensions/Pump.app',
    '/Library/Extensions/Pump.kext/',
    '/Library/Extensions//Pump.kext',
    '/Library/Extensions/../Extensions/Pump.kext',
    '/Library/Extensions/../../System/Pump.kext',
    '/Library/Extensions/./Pump.kext',
    '/Library/Extensions/Pump.kext/Contents/PlugIns/Rotor.kext',
    '/Library/Extensions/Pump.kext\0/x.kext',
    '/Library/extensions/Pump.kext',
    '//Library/Extensions/Pump.kext',
    '/System/Library/Extensions/Pump.kext',
    '/Library/StagedExtensions/Library/Extensions/Pump.kext',
    '/Library/StagedExtensions/Pump.kext',
    '/private/tmp/kext-dev',
    '/private/tmp/kext-dev/..',
    '/private/tmp/Pump.kext',
    '/private/tmp/kext-dev-2/Pump.kext',
    '/tmp/kext-dev/Pump.kext',
    '/Volumes/Library/Extensions/Pump.kext',
    '/Volumes//Library/Extensions/Pump.kext',
    '/Volumes/../Library/Extensions/Pump.kext',
    '/Volumes/./Library/Extensions/Pump.kext',
    '/Volumes/A/B/Library/Extensions/Pump.kext',
    '/Volumes/A/System/Library/Extensions/Pump.kext',
    '/Users/me/Library/Extensions/Pump.kext',
    ' /Library/Extensions/Pump.kext',
    `/Library/Extensions/${'a/'.repeat(2000)}Pump.kext`,
  ];
  for (const path of hostile)
    it(`is refused for ${JSON.stringify(path.slice(0, 70))}`, () => {
      assert.equal(removableParent(path), undefined);
      assert.throws(() => requireRemovable(path), RangeError);
    });

  it('is refused in the system’s own folders, whatever was named for builds', () => {
    for (const folder of [
      '/System/Library/Extensions',
      '/Library/StagedExtensions',
      '/Library/StagedExtensions/Library',
    ])
      assert.throws(() => requireRemovable(`${folder}/Pump.kext`, folder), RangeError);
    assert.doesNotThrow(() => requireRemovable('/opt/kexts/Pump.kext', '/opt/kexts'));
    assert.throws(() => requireRemovable('/opt/kexts/Pump.kext'), RangeError);
  });

  it('never leaves the folders in which kexts are installed, for any path', () => {
    const part = fc.oneof(
      fc.constantFrom('Library', 'Extensions', 'Volumes', 'private', 'tmp', 'kext-dev', '..', '.', '', 'Pump.kext'),
      fc.string(),
    );
    const isIn = /^(?:\/Library\/Extensions|\/private\/tmp\/kext-dev|\/Volumes\/[^/]+\/Library\/Extensions)\/[^/]+$/s;
    fc.assert(
      fc.property(fc.array(part), parts => {
        const path = `/${parts.join('/')}`;
        return removableParent(path) === undefined || (isIn.test(path) && !/\/\.{1,2}\//.test(path));
      }),
    );
  });
});
