import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expandKextName, withoutBlindExpansion } from '../../../../src/tools/panic/compressedKextName.ts';

describe('a shortened bundle identifier', () => {
  for (const [printed, name] of [
    ['>!UHostMergeProperties', 'com.apple.driver.AppleUSBHostMergeProperties'],
    ['>!A!IHD5000Graphics', 'com.apple.driver.AppleIntelHD5000Graphics'],
    ['|IO!BSerialManager', 'com.apple.iokit.IOBluetoothSerialManager'],
    ['|IO!S!F', 'com.apple.iokit.IOStorageFamily'],
    ['@kext.AMD9500!C', 'com.apple.kext.AMD9500Controller'],
    ['$quarantine', 'com.apple.security.quarantine'],
    ['org.sample.driver.Pump', 'org.sample.driver.Pump'],
    ['org.sample.$driver!X', 'org.sample.$driver!X'],
    ['', ''],
  ] as const)
    it(`${printed} is ${name}`, () => {
      assert.equal(expandKextName(printed), name);
    });

  it('is put right where OpenCore took an address for one', () => {
    assert.equal(
      withoutBlindExpansion('com.apple.a(1)[U]com.apple.0x1000-com.apple.driver.0x1fff'),
      'com.apple.a(1)[U]@0x1000->0x1fff',
    );
  });
});
