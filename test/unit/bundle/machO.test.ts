import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { definedClasses } from '../../../src/bundle/libkernClasses.ts';
import { readMachO } from '../../../src/bundle/machO.ts';
import type { MachOSlice } from '../../../src/bundle/machOSlice.ts';
import { asKext } from './kextFixture.ts';
import { bytesOf, driverClasses, MachOWorkshop, run } from './machOFixtures.ts';

const workshop = new MachOWorkshop();
after(() => workshop[Symbol.dispose]());

const intel = workshop.bundle('x86_64', '10.15');
const oldIntel = workshop.bundle('x86_64', '10.13');
const arm = workshop.bundle('arm64', '11.0');
const object = workshop.object('x86_64', 'macos10.15');
const fat = workshop.fat(intel, arm);
const kext = workshop.write('Pump-kext', asKext(bytesOf(intel)));

function slicesOf(bytes: Uint8Array): readonly MachOSlice[] {
  const read = readMachO(bytes);
  if ('problem' in read) assert.fail(read.problem);
  return read.slices;
}

function sliceOf(file: string): MachOSlice {
  const [slice, second] = slicesOf(bytesOf(file));
  assert.ok(slice !== undefined && second === undefined);
  return slice;
}

function problemOf(bytes: Uint8Array): string {
  const read = readMachO(bytes);
  return 'problem' in read ? read.problem : assert.fail('was read without a problem');
}

describe('a Mach-O file', () => {
  it('says its architecture, type and system', () => {
    const facts = [intel, oldIntel, arm, object, kext].map(file => {
      const { architecture, fileType, system } = sliceOf(file);
      return `${architecture} ${fileType} ${system?.platform} ${system?.minimum} ${system?.sdk}`;
    });
    assert.deepEqual(facts, [
      'x86_64 bundle macOS 10.15 12.3',
      'x86_64 bundle macOS 10.13 12.3',
      'arm64 bundle macOS 11.0 12.3',
      'x86_64 object macOS 10.15 undefined',
      'x86_64 kext bundle macOS 10.15 12.3',
    ]);
  });

  it('has the UUID that dwarfdump prints, slice by slice', () => {
    for (const file of [intel, oldIntel, arm, fat]) {
      const printed = [...run('llvm-dwarfdump-14', ['--uuid', file]).matchAll(/UUID: (\S+) \((\w+)\)/g)];
      assert.ok(printed.length > 0);
      assert.deepEqual(
        slicesOf(bytesOf(file)).map(({ uuid, architecture }) => [uuid, architecture]),
        printed.map(match => [match[1], match[2]]),
      );
    }
    assert.equal(sliceOf(object).uuid, undefined);
  });

  it('has the symbols that nm prints', () => {
    for (const file of [intel, arm, object, kext]) {
      const printed = [...run('llvm-nm-14', [file]).matchAll(/^([0-9a-f]{16}| {16}) (\w) (\S+)$/gm)].map(
        ([, address = '', type = '', name]) =>
          `${name} ${type !== 'U'} ${type === type.toUpperCase()} ${BigInt(`0x${address.trim() || '0'}`)}`,
      );
      assert.ok(printed.length > 50);
      const read = sliceOf(file).symbols.map(
        symbol => `${symbol.name} ${symbol.defined} ${symbol.external} ${symbol.address}`,
      );
      assert.deepEqual(read.sort(), printed.sort());
    }
  });

  it('binds the pointers that objdump prints', () => {
    for (const file of [intel, arm]) {
      const argv = ['--macho', '--bind', '--lazy-bind', '--weak-bind', file];
      const printed = [...run('llvm-objdump-14', argv).matchAll(/^__DATA\S* +\S+ +(0x[0-9A-F]+) .* (\S+)$/gm)];
      assert.ok(printed.length > 10);
      const expected = new Map(printed.map(([, address = '', name]) => [BigInt(address), name]));
      assert.deepEqual(new Map([...sliceOf(file).boundPointers].sort()), new Map([...expected].sort()));
    }
  });

  it('that is a kext has the relocations that objdump prints', () => {
    const printed = [...run('llvm-objdump-14', ['--macho', '-r', kext]).matchAll(/^([0-9a-f]{8,16}) .* (\S+)$/gm)];
    assert.ok(printed.length > 5);
    const expected = new Map(printed.map(([, address = '', name]) => [BigInt(`0x${address}`), name]));
    assert.deepEqual(new Map([...sliceOf(kext).boundPointers].sort()), new Map([...expected].sort()));
  });

  it('that is fat has the slices of lipo, also with 64-bit offsets', () => {
    assert.deepEqual(
      slicesOf(bytesOf(fat)).map(({ architecture }) => architecture),
      ['x86_64', 'arm64'],
    );
    assert.deepEqual(
      slicesOf(wideFat(bytesOf(arm))).map(({ uuid }) => uuid),
      [sliceOf(arm).uuid],
    );
  });

  it('that is marked arm64e is one', () => {
    const bytes = bytesOf(arm);
    bytes.set([2, 0, 0, 0xc0], 8);
    assert.deepEqual(
      slicesOf(bytes).map(({ architecture }) => architecture),
      ['arm64e'],
    );
  });

  it('of a 32-bit or a big-endian machine is read too', () => {
    const i386 = slicesOf(header({ cpu: 7, littleEndian: true }));
    const powerPC = slicesOf(header({ cpu: 18, littleEndian: false }));
    const uuid = '00010203-0405-0607-0809-0A0B0C0D0E0F';
    assert.deepEqual([i386[0]?.architecture, i386[0]?.uuid], ['i386', uuid]);
    assert.deepEqual([powerPC[0]?.architecture, powerPC[0]?.uuid], ['ppc', uuid]);
  });
});

describe('the libkern classes of a Mach-O file', () => {
  it('are those it defines, each with its superclass, by dyld’s bindings or by relocations', () => {
    for (const file of [intel, oldIntel, arm, kext]) assert.deepEqual(definedClasses(sliceOf(file)), driverClasses);
    for (const slice of slicesOf(bytesOf(fat))) assert.deepEqual(definedClasses(slice), driverClasses);
  });

  it('have no superclass where the file does not hold it', () => {
    const names = driverClasses.map(({ name }) => ({ name, superclass: undefined }));
    assert.deepEqual(definedClasses(sliceOf(object)), names);
  });
});

describe('what is no Mach-O file', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const cases: readonly (readonly [Uint8Array, string])[] = [
    [new Uint8Array(), 'is empty; expected a Mach-O file'],
    [bytes('ab'), 'is no Mach-O file: it has only 2 bytes'],
    [bytes('#!/bin/sh\n'), 'is no Mach-O file: it is a script'],
    [bytes('\x7fELF....'), 'is no Mach-O file: it is an ELF file, made for Linux'],
    [bytes('hello'), 'is no Mach-O file: it begins with 68 65 6C 6C'],
    [
      new Uint8Array([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52]),
      'is no Mach-O file: it begins like a Java class file (52 architectures)',
    ],
    [new Uint8Array([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 0]), 'is a fat file with no architecture in it'],
  ];
  for (const [content, problem] of cases) it(problem, () => assert.equal(problemOf(content), problem));

  it('is cut off', () => {
    const whole = bytesOf(intel);
    for (const length of [4, 20, 100, whole.length / 2, whole.length - 1])
      assert.match(problemOf(whole.slice(0, length)), /^is (cut off or )?damaged: /);
    assert.match(problemOf(bytesOf(fat).slice(0, 8192)), /^is cut off or damaged: its x86_64 slice ends at byte/);
  });

  it('gives a file or a problem, whatever is changed in it', () => {
    const originals = [intel, kext, fat, object].map(bytesOf);
    // Most of the structure is in the first bytes and in the tables at the end.
    const offset = fc.oneof(fc.nat(4096), fc.nat(200_000), fc.integer({ min: -20_000, max: -1 }));
    const change = fc.tuple(offset, fc.oneof(fc.constantFrom(0, 0xff, 0x7f, 0x80), fc.nat(255)));
    fc.assert(
      fc.property(fc.nat(3), fc.array(change, { minLength: 1, maxLength: 12 }), (which, changes) => {
        const mutated = Uint8Array.from(originals[which] ?? []);
        for (const [at, byte] of changes) mutated[(at + mutated.length) % mutated.length] = byte;
        assertReadable(mutated);
      }),
      { numRuns: 400 },
    );
  });

  it('gives a file or a problem, whatever stands in one word of its load commands', () => {
    const original = bytesOf(intel);
    const view = new DataView(original.buffer);
    const end = 32 + view.getUint32(20, true);
    for (let at = 0; at < end; at += 4) {
      for (const word of [0, 1, 0x7fffffff, 0xffffffff]) {
        const kept = view.getUint32(at, true);
        view.setUint32(at, word, true);
        assertReadable(original);
        view.setUint32(at, kept, true);
      }
    }
  });
});

function assertReadable(bytes: Uint8Array): void {
  const read = readMachO(bytes);
  if ('problem' in read) assert.match(read.problem, /^(is|has) \S/);
  else for (const slice of read.slices) assert.ok(definedClasses(slice).length <= slice.symbols.length);
}

/** A fat file with one slice and 64-bit offsets (mach-o/fat.h, fat_arch_64). */
function wideFat(slice: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4096 + slice.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xcafebabf);
  view.setUint32(4, 1);
  view.setUint32(8, 0x0100000c);
  view.setBigUint64(16, 4096n);
  view.setBigUint64(24, BigInt(slice.length));
  bytes.set(slice, 4096);
  return bytes;
}

/** A 32-bit image with nothing in it but an LC_UUID. */
function header({ cpu, littleEndian }: { cpu: number; littleEndian: boolean }): Uint8Array {
  const bytes = new Uint8Array(28 + 24);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of [0xfeedface, cpu, 0, 8, 1, 24, 0, 0x1b, 24].entries())
    view.setUint32(index * 4, word, littleEndian);
  for (let index = 0; index < 16; index += 1) bytes[36 + index] = index;
  return bytes;
}
