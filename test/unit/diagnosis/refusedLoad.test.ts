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

describe('What kextutil found is told on the key that it is about', () => {
  const found = (...lines: readonly string[]) => read(`Diagnostics for ${path}:`, ...lines);

  it('properties, libraries and owners, each once', () => {
    const told = found(
      'Validation Failures: ',
      '    Info dictionary property value is of illegal type: ',
      '        OSBundleLibraries.com.apple.kpi.bsd - should be <string>',
      '    Compatible version must be lower than current version.',
      '',
      'Authentication Failures: ',
      '    File owner/permissions are incorrect (must be root:wheel, nonwritable by group/other): ',
      '        Info.plist',
      '        Turbine',
      '',
      'Dependency Resolution Failures: ',
      '    No kexts found for these libraries: ',
      '        com.apple.kpi.bsd',
      '    Only incompatible kexts found for these libraries: ',
      '        com.apple.kpi.libkern',
    );
    assert.deepEqual(
      told.map(({ message, anchor }) => [message.replaceAll('org.sample.driver.Turbine', 'IT'), anchor?.line]),
      [
        [
          'The bundle of IT is not valid: Info dictionary property value is of illegal type: OSBundleLibraries.com.apple.kpi.bsd - should be <string>.',
          32,
        ],
        ['The bundle of IT is not valid: Compatible version must be lower than current version.', 9],
        [
          "The installed copy of IT is not root's alone: each of its files has to belong to root:wheel and be writable by nobody else.",
          9,
        ],
        ['The test Mac has no com.apple.kpi.bsd, which IT links against.', 32],
        ['com.apple.kpi.libkern on the test Mac does not stand in for 8.0, which IT asks for.', 30],
      ],
    );
  });

  it('and its warnings are not, nor what it found in another bundle', () => {
    assert.deepEqual(found('Warnings: ', '    Kext is not signed'), []);
    const owner = ['Authentication Failures: ', '    File owner/permissions are incorrect: ', '        Info.plist'];
    assert.deepEqual(read('Diagnostics for /Library/Extensions/Other.kext:', ...owner), []);
  });
});

it('The items of another message of the linker are no unresolved symbols', () => {
  const kxld = 'kxld[org.sample.driver.Turbine]:';
  const [found] = read(
    `${kxld} The following symbols are unresolved for this kext:`,
    `${kxld} \t_OSMallok`,
    `${kxld} The following symbols were defined more than once:`,
    `${kxld} \t_turbine_spin: 0x1000 - 0x2000`,
  );
  assert.match(found?.message ?? '', /libraries: _OSMallok\.$/);
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
