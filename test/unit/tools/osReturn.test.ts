import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { osReturnOfCode, osReturnOfText, osReturns } from '../../../src/tools/osReturn.ts';

describe('return codes', () => {
  for (const [code, signed, symbol, text] of [
    [0xdc000001, -603979775, 'kOSReturnError', '(libkern/common) general/unspecified error'],
    [0xdc004002, -603963390, 'kOSMetaClassHasInstances', '(libkern/metaclass) class has instances'],
    [0xdc00400a, -603963382, 'kOSMetaClassDuplicateClass', '(libkern/metaclass) duplicate class name encountered'],
    [0xdc008006, -603947002, 'kOSKextReturnNotFound', '(libkern/kext) not found'],
    [0xdc008011, -603946991, 'kOSKextReturnDeferred', '(libkern/kext) operation deferred (queued to user space)'],
    [
      0xdc008014,
      -603946988,
      'kOSKextReturnLoadedVersionDiffers',
      '(libkern/kext) different version/uuid already loaded',
    ],
    [0xdc008017, -603946985, 'kOSKextReturnStartStopError', '(libkern/kext) kext (kmod) start/stop routine failed'],
    [0xdc008018, -603946984, 'kOSKextReturnInUse', '(libkern/kext) kext is in use or retained (cannot unload)'],
    [0xdc00801b, -603946981, 'kOSKextReturnSystemPolicy', '(libkern/kext) system policy prevents loading'],
    [
      0xdc00801e,
      -603946978,
      'kOSKextReturnKCLoadFailureAuxKC',
      '(libkern/kext) loading/mapping of the AuxiliaryKC failed',
    ],
  ] as const)
    it(`0x${code.toString(16)} is ${symbol} as a number and as its text`, () => {
      const expected = { code, symbol, text };
      assert.deepEqual(osReturnOfCode(code), expected);
      assert.deepEqual(osReturnOfCode(signed), expected);
      assert.deepEqual(osReturnOfText(`${text}.`), expected);
    });

  it('are known by code alone where no tool prints them', () => {
    assert.equal(osReturnOfCode(-536870207)?.symbol, 'kIOReturnNotPrivileged');
    assert.equal(osReturnOfCode(0xe00002c7)?.symbol, 'kIOReturnUnsupported');
  });

  it('are each there once', () => {
    assert.equal(new Set(osReturns.map(({ code }) => code)).size, osReturns.length);
    assert.equal(new Set(osReturns.map(({ symbol }) => symbol)).size, osReturns.length);
  });

  it('stay open where they are none', () => {
    assert.equal(osReturnOfText('not found'), undefined);
  });
});
