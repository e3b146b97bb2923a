import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { notStarted, type WantedMatch } from '../../../src/diagnosis/notStarted.ts';
import type { RegistryEntry } from '../../../src/model/registryEntry.ts';
import { anchor, counts, entry, facts, snapshot } from './snapshots.ts';

describe('A personality whose driver does not run', () => {
  const start = { file: '/p/Turbine.cpp', line: 11, column: 15 };
  const ioClassPosition = { file: '/p/Info.plist', line: 20, column: 4 };
  const match = { personality: 'P', ioClass: 'Turbine', providerClass: 'IOPCIDevice', ioClassPosition, start };
  const provider = entry('IOPCIDevice', { id: 1n, name: 'turbine0' });

  function found(registry: readonly RegistryEntry[], wanted: WantedMatch = match) {
    const after = snapshot({ registry, classCounts: counts({ Turbine: 0, Rotor: 0 }) });
    return notStarted(facts, wanted, after, ['Turbine', 'Rotor']);
  }

  it('is no finding where the driver, or a subclass of it, runs', () => {
    const subclass = entry('BigTurbine', { id: 2n, inheritance: ['OSObject', 'IOService', 'Turbine', 'BigTurbine'] });
    for (const running of [entry('Turbine', { id: 2n }), subclass]) assert.equal(found([provider, running]), undefined);
  });

  it('with its provider there: start() is where to look', () => {
    const told = found([provider]);
    assert.deepEqual(
      [told?.cause, told?.severity, told?.certainty, told?.anchor],
      ['notStarted', 'error', 'likely', start],
    );
    assert.deepEqual(
      told?.evidence.map(({ text }) => text),
      ['ioreg: no Turbine in the I/O Registry', 'ioreg: its provider turbine0 (IOPCIDevice) is there'],
    );
  });

  it('with a start() that cannot be found: the identifier', () => {
    assert.equal(found([provider], { ...match, start: undefined })?.anchor, anchor);
  });

  it('terminated, is not running', () => {
    assert.equal(found([provider, entry('Turbine', { id: 2n, active: false })])?.cause, 'notStarted');
  });

  it('without a provider drives nothing: information, no error', () => {
    const told = found([]);
    assert.deepEqual([told?.severity, told?.anchor], ['information', anchor]);
    assert.match(told?.message ?? '', /drives nothing: no IOPCIDevice is there for Turbine\.$/);
  });

  it('of a class that no kext has: the IOClass, and the classes that there are', () => {
    const told = found([provider], { ...match, ioClass: 'Trubine' });
    assert.deepEqual([told?.severity, told?.certainty, told?.anchor], ['error', 'certain', ioClassPosition]);
    assert.match(told?.message ?? '', /there is no class Trubine, which its personality P names\.$/);
    assert.match(told?.remedy ?? '', /\(Turbine, Rotor\)/);
  });

  describe('while its start() has not come back', () => {
    const driver = entry('Turbine', { id: 2n });

    it('runs, as far as anybody can see: a warning at start()', () => {
      const told = found([{ ...provider, busy: 1, children: [driver] }]);
      assert.deepEqual([told?.severity, told?.certainty, told?.anchor], ['warning', 'likely', start]);
      assert.match(told?.message ?? '', /^Turbine is still inside its start\(\)/);
      assert.deepEqual(
        told?.evidence.map(({ text }) => text),
        ['ioreg: turbine0 (IOPCIDevice) is busy 1'],
      );
    });

    it('is not the driver whose own children make its provider busy', () => {
      assert.equal(found([{ ...provider, busy: 1, children: [{ ...driver, busy: 1 }] }]), undefined);
    });

    it('is not the driver beside the one whose provider is busy', () => {
      const other = entry('IOUSBDevice', { id: 5n, busy: 1 });
      assert.equal(found([{ ...provider, children: [driver] }, other]), undefined);
    });
  });
});
