import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { dynamicSymbols } from '../../../../src/simulator/load/dynamicSymbols.ts';
import { readKernelExports } from '../../../../src/simulator/load/kernelExports.ts';

const folder = mkdtempSync(join(tmpdir(), 'kext-dev-exports-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const source = join(folder, 'kernel.cpp');
const image = join(folder, 'libkernel.so');
writeFileSync(
  source,
  `extern "C" { void IOLog() {} void OSIncrementAtomic() {} void kernel_strlen() {} int gIOServicePlane; }
extern "C" void __attribute__((visibility("hidden"))) secret() {}
extern "C" void somewhereElse();
struct IOService { virtual void wait(unsigned long); static void find(); };
void IOService::wait(unsigned long) { somewhereElse(); }
void IOService::find() {}
struct OSNumber { static void make(unsigned long); };
void OSNumber::make(unsigned long) {}`,
);
execFileSync('clang++', ['-shared', '-fPIC', '-fuse-ld=lld', '-nostdlib', '-fno-rtti', source, '-o', image]);

describe('The names that a shared object gives to others', () => {
  it('are those of nm -D', () => {
    const listed = execFileSync('llvm-nm', ['-D', '--defined-only', '--just-symbol-name', image], { encoding: 'utf8' });
    assert.deepEqual([...dynamicSymbols(readFileSync(image))].sort(), listed.trim().split('\n').sort());
  });

  it('are none, and no error, in any other bytes and in a file that was cut', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), bytes => assert.equal(dynamicSymbols(bytes).size, 0)));
    const whole = readFileSync(image);
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), (length, at, value) => {
        dynamicSymbols(whole.subarray(0, length));
        const damaged = Buffer.from(whole);
        damaged[at] = value;
        dynamicSymbols(damaged);
      }),
    );
  });
});

describe('What the kernel exports', () => {
  it('comes from the library that has it on a Mac', async () => {
    const { libraryOf } = await readKernelExports(image);
    const iokit = ['_IOLog', '_gIOServicePlane', '__ZN9IOService4findEv', '__ZTV9IOService'];
    const libkern = ['_OSIncrementAtomic', '_strlen', '_memcpy', '___cxa_pure_virtual', '__Znwm'];
    assert.deepEqual([...new Set(iokit.map(libraryOf))], ['com.apple.kpi.iokit']);
    assert.deepEqual([...new Set(libkern.map(libraryOf))], ['com.apple.kpi.libkern']);
  });

  it('is nothing that it does not have', async () => {
    const { libraryOf } = await readKernelExports(image);
    for (const name of ['_IOLogg', '_secret', '_somewhereElse', 'IOLog', '_kernel_strlen', '__ZTV8IOServic', ''])
      assert.equal(libraryOf(name), undefined, name);
  });

  it('is told from its mangled name although integers of 64 bits are spelt otherwise on a Mac', async () => {
    const { libraryOf } = await readKernelExports(image);
    assert.equal(libraryOf('__ZN8OSNumber4makeEy'), 'com.apple.kpi.libkern');
    assert.equal(libraryOf('__ZN8OSNumber4makeEj'), undefined);
  });
});
