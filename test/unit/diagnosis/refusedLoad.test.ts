import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refusedLoad } from '../../../src/diagnosis/refusedLoad.ts';
import { parseKextload } from '../../../src/tools/kextload.ts';

const file = '/p/Info.plist';
const at = (line: number) => ({ file, line, column: 3 });
const kext = {
  bundleIdentifier: 'org.sample.driver.Turbine',
  target: 'the test Mac',
  identifierPosition: at(9),
};
const path = '/private/tmp/Turbine.kext';
const libraries = new Map([
  ['com.apple.kpi.libkern', '8.0'],
  ['com.apple.kpi.bsd', '20.1'],
]);
const positions = new Map([...libraries.keys()].map((library, index) => [library, at(30 + 2 * index)]));

const read = (...lines: readonly string[]) =>
  refusedLoad(kext, {
    said: parseKextload(lines.join('\n')).records,
    path,
    libraries,
    libraryPosition: library => (library === undefined ? at(28) : positions.get(library)),
    declarationOf: name => (name === 'TurbineRotor' ? { file: '/p/Rotor.hpp', line: 5, column: 7 } : undefined),
  });

describe('A refused load is told on the key that it was refused for', () => {
  it('a library that is not there', () => {
    const [found, ...more] = read(
      `${path} - dependency 'com.apple.kpi.bsd' not found.`,
      `${path} - dependency 'com.apple.kpi.bsd' not found.`,
      `Can't load ${path} - failed to resolve dependencies.`,
    );
    assert.deepEqual(more, []);
    assert.equal(
      found?.message,
      'The test Mac has no com.apple.kpi.bsd, which org.sample.driver.Turbine links against.',
    );
    assert.deepEqual(found?.anchor, at(32));
    assert.deepEqual(found?.evidence, [{ text: `${path} - dependency 'com.apple.kpi.bsd' not found.` }]);
  });

  it('a library that is of another version, in the words of the kernel and of the tool', () => {
    for (const line of [
      `${path} - no compatible dependency found for com.apple.kpi.bsd.`,
      '(kernel) Kext org.sample.driver.Turbine - library kext com.apple.kpi.bsd not compatible with requested version 20.1.',
    ]) {
      const [found] = read(line);
      assert.match(found?.message ?? '', /^com\.apple\.kpi\.bsd on the test Mac does not stand in for 20\.1, /);
      assert.deepEqual(found?.anchor, at(32));
    }
  });

  it('symbols of a library that is not declared: the library to add', () => {
    const [found, ...more] = read(
      '(kernel) kxld[org.sample.driver.Turbine]: The following symbols are unresolved for this kext:',
      '(kernel) kxld[org.sample.driver.Turbine]: \t_IOLog',
      '(kernel) kxld[org.sample.driver.Turbine]: \t__ZTV9IOService',
    );
    assert.deepEqual(more, []);
    assert.equal(
      found?.message,
      '2 symbols of org.sample.driver.Turbine are in none of its libraries: _IOLog, __ZTV9IOService.',
    );
    assert.equal(found?.remedy, 'Add com.apple.kpi.iokit to OSBundleLibraries.');
    assert.deepEqual(found?.anchor, at(28));
    assert.equal(found?.evidence.length, 3);
  });

  it('a symbol of nobody', () => {
    const [found] = read(
      'kxld[org.sample.driver.Turbine]: The following symbols are unresolved for this kext:',
      'kxld[org.sample.driver.Turbine]: \t_OSMallok',
    );
    assert.match(
      found?.message ?? '',
      /^1 symbol of org\.sample\.driver\.Turbine is in none of its libraries: _OSMallok\.$/,
    );
    assert.match(found?.remedy ?? '', /^Check how they are spelt/);
  });

  it('a class without its vtable: its declaration', () => {
    const [found] = read(
      "(kernel) kxld[org.sample.driver.Turbine]: Cannot find the vtable '__ZTV12TurbineRotor' for class 'TurbineRotor'. This vtable symbol is required for binary compatibility, and it may have been stripped.",
    );
    assert.equal(found?.anchor?.file, '/p/Rotor.hpp');
  });

  it('owners and processor: the kext itself', () => {
    const [owner] = read(`Can't load ${path} - authentication problems.`);
    assert.match(owner?.remedy ?? '', /chown -R root:wheel, chmod -R go-w/);
    const [processor] = read(`Can't load ${path} - no code for running kernel's architecture.`);
    assert.match(processor?.message ?? '', /no code for the processor of the test Mac\.$/);
    assert.deepEqual([owner?.anchor, processor?.anchor], [at(9), at(9)]);
  });
});

it('What is said about other kexts is none of this one', () => {
  assert.deepEqual(
    read(
      "/Library/Extensions/Other.kext - dependency 'com.apple.kpi.bsd' not found.",
      '(kernel) Kext org.other - library kext com.apple.kpi.bsd not found.',
      "Can't load /Library/Extensions/Other.kext - authentication problems.",
      `${path} failed to load - (libkern/kext) link error; check the system/kernel logs for errors or try kextutil(8).`,
    ),
    [],
  );
});
