import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { KernelPanic } from '../../src/simulator/kernelAnswer.ts';
import { readPanic } from '../../src/simulator/panicReport.ts';
import { symbolize } from '../../src/simulator/symbolize.ts';
import { TwinStore } from '../../src/simulator/twinStore.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { ask, buildDriver, call, open, panicOf, run, type SmallDriver } from './drivers/smallDriver.ts';

const { signal } = new AbortController();
const host = new ProcessRunner();

let driver: SmallDriver;
let source: readonly string[];
before(async () => {
  driver = await buildDriver('Faults');
  source = (await readFile(join(import.meta.dirname, 'drivers', 'Faults.cpp'), 'utf8')).split('\n');
});
after(() => driver.remove());

/** The driver's line that ends with these words. */
const lineOf = (words: string) => 1 + source.findIndex(line => line.endsWith(`// ${words}`));

const panics = (selector: number, argument = 16) => panicOf(driver, open('Faults'), call(1, selector, argument));

/** `function:line` of the driver's frames, innermost first. */
async function driverFrames({ frames }: KernelPanic): Promise<readonly string[]> {
  const [twin] = frames.map(({ image }) => image).filter(image => image !== 'kernel');
  const offsets = frames.filter(({ image }) => image === twin).map(({ offset }) => offset);
  const symbols = await symbolize(twin ?? assert.fail('no frame is the driver’s'), offsets, host, signal);
  return symbols.map(symbol => `${symbol.function?.replace(/\(.*/, '')}:${symbol.position?.line}`);
}

describe('A loop without end is told by the function that did not come back, where it begins', () => {
  for (const [selector, name] of [
    [0, 'compute'],
    [1, 'callsAlways'],
    [2, 'logs'],
    [3, 'fills'],
    [18, 'recurses'],
    [19, 'busiesTheHost'],
  ] as const)
    it(`${name}(): all runs say the same`, async () => {
      const told = await Promise.all(Array.from({ length: 6 }, () => panics(selector)));
      assert.equal(new Set(told.map(panic => JSON.stringify(panic))).size, 1);
      const [panic = assert.fail()] = told;
      assert.match(panic.reason, /^watchdog/);
      assert.equal(panic.kext, 'com.example.Faults');
      const [innermost, caller] = await driverFrames(panic);
      assert.equal(innermost, `${name}:${lineOf(name)}`);
      assert.equal(caller, `outer:${lineOf('outer')}`);
      assert.notEqual(panic.frames[0]?.image, 'kernel');
    });
});

describe('Memory', () => {
  it('has an end: there IOMalloc gives NULL, and the machine goes on', async () => {
    const answer = await run(driver, open('Faults'), call(1, 4), call(1, 5));
    assert.deepEqual(answer.events[1]?.scalars, [15]);
    assert.deepEqual(answer.events[2]?.scalars, [0]);
  });

  it('that is given back can be had again', async () => {
    const answer = await run(driver, open('Faults'), call(1, 5));
    assert.deepEqual(answer.events[1]?.scalars, [200]);
  });

  it('is what a panic speaks of where it is gone and nothing can go on without', async () => {
    for (const [selector, words] of [
      [6, 'no memory for an object'],
      [7, 'no memory for new'],
    ] as const) {
      const panic = await panics(selector);
      assert.match(panic.reason, /^out of memory: there is none for/);
      assert.ok((await driverFrames(panic)).includes(`Faults::call:${lineOf(words)}`), JSON.stringify(panic));
    }
  });

  it('that is freed twice, was not given, or was written beyond is a panic on the line of the IOFree', async () => {
    for (const [selector, words, reason] of [
      [8, 'freed twice', /^IOFree: the memory was freed twice$/],
      [9, 'overrun', /^IOFree: something was written past the end of 16 bytes$/],
      [10, 'not from IOMalloc', /^IOFree: IOMalloc didn't give the memory/],
      [11, 'underrun', /^IOFree: .* something was written before it$/],
    ] as const) {
      const panic = await panics(selector);
      assert.match(panic.reason, reason);
      assert.equal((await driverFrames(panic))[0], `Faults::call:${lineOf(words)}`);
    }
  });
});

describe('A fault is told on the driver’s line', () => {
  it('where code of the kernel or of libc met it', async () => {
    for (const [selector, words] of [
      [15, 'in libc'],
      [16, 'in a leaf of libc'],
      [14, 'NULL is called'],
    ] as const) {
      const panic = await panics(selector, 100_000);
      assert.match(panic.reason, /^Kernel trap, type 14=page fault: NULL pointer/);
      assert.equal((await driverFrames(panic))[0], `Faults::call:${lineOf(words)}`);
    }
  });

  it('as general protection where an instruction is not allowed', { skip: process.arch !== 'x64' }, async () => {
    const panic = await panics(13);
    assert.equal(panic.reason, 'Kernel trap, type 13=general protection');
    assert.equal((await driverFrames(panic))[0], `Faults::call:${lineOf('privileged')}`);
  });

  it('with the functions that a Mac’s kernel has, and none of what runs it in user space', async () => {
    const sources = { events: [], twins: new TwinStore('/nowhere'), kernelImage: driver.program.image };
    const ofKernel = async (selector: number) => {
      const panic = await panics(selector, 100_000);
      const { frames } = await readPanic(panic, sources, host, signal);
      const inDriver = panic.frames.filter(({ image }) => image !== 'kernel').length;
      return frames.slice(0, frames.length - inDriver).map(frame => frame.function);
    };
    assert.deepEqual(await ofKernel(8), ['IOFree']);
    assert.deepEqual(await ofKernel(15), ['printf']);
    assert.deepEqual(await ofKernel(12), []);
  });

  it('in one line of words, however the driver’s own panic() ends', async () => {
    const panic = await panics(12);
    const told = await readPanic(
      panic,
      { events: [], twins: new TwinStore('/nowhere'), kernelImage: driver.program.executable },
      host,
      signal,
    );
    assert.equal(told.reason, 'mine 3');
    assert.equal((await driverFrames(panic))[0], `Faults::call:${lineOf('panic')}`);
  });
});

describe('A driver that ends the kernel’s process', { skip: process.arch !== 'x64' }, () => {
  it('panicked the Mac, whatever the status', async () => {
    for (const status of [0, 3, 70]) {
      const result = await ask(driver, [open('Faults'), call(1, 17, status)]);
      assert.ok('panic' in result);
      assert.equal(result.panic.reason, `the kernel's process ended by itself: it exited with ${status}`);
    }
  });
});
