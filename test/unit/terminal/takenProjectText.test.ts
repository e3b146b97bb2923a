import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readInfoPlist } from '../../../src/bundle/infoPlist.ts';
import { parsePropertyList } from '../../../src/bundle/propertyList.ts';
import { takenProjectText } from '../../../src/terminal/takenProjectText.ts';
import { infoPlist, turbine } from '../operations/fakeTarget.ts';

function taken(file: string): string | undefined {
  const list = parsePropertyList(infoPlist, file);
  assert.ok(!('problem' in list));
  return takenProjectText('/p', {
    bundleIdentifier: turbine,
    infoPlist: readInfoPlist(list, { codeExpected: true }),
  });
}

describe('Which kext is taken', () => {
  it('is plain where the folder has the Info.plist', () => assert.equal(taken('/p/Info.plist'), undefined));

  it('is said where the Info.plist lies deeper, or is one of several', () => {
    assert.equal(taken('/p/a/b/Info.plist'), `Takes ${turbine}, the kext of a/b/Info.plist.`);
    assert.equal(taken('/p/Turbine-Info.plist'), `Takes ${turbine}, the kext of Turbine-Info.plist.`);
  });
});
