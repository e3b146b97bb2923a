import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { buildKernel, KernelBuildFailed } from '../../../src/simulator/kernelProgram.ts';
import { ToolNotStarted } from '../../../src/tools/port/toolErrors.ts';
import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';
import { fakeRunner, output } from './fakeRunner.ts';

const never = new AbortController().signal;

describe('The build of the simulated kernel', () => {
  let folder: string;
  let sources: string;
  let cache: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-kernel-'));
    [sources, cache] = [join(folder, 'sources'), join(folder, 'cache')];
    await mkdir(sources);
    await writeFile(join(sources, 'kernel.cpp'), 'int answer = 42;');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A host whose make writes the product, or says `failure` instead. */
  function host(compiler = 'clang 1', failure?: Partial<ToolOutput>) {
    return fakeRunner(async ({ tool, argv }) => {
      if (tool === 'clang++') return output({ stdout: compiler });
      if (failure !== undefined) return output(failure);
      const out = argv.find(word => word.startsWith('OUT='))?.slice(4) ?? '';
      await writeFile(join(out, 'kernel'), 'a program');
      return output({});
    });
  }

  const makes = (lines: readonly string[]) => lines.filter(line => line.startsWith('make ')).length;

  it('is done once for the same sources and compiler', async () => {
    const runner = host();
    const first = await buildKernel(sources, cache, runner, never);
    assert.deepEqual(await buildKernel(sources, cache, runner, never), first);
    assert.equal(makes(runner.lines), 1);
    assert.deepEqual(await readdir(first.folder), ['kernel']);
    assert.equal(first.image, join(first.folder, 'libkernel.so'));
  });

  it('is done anew for another compiler, and for other sources', async () => {
    const first = await buildKernel(sources, cache, host(), never);
    const other = await buildKernel(sources, cache, host('clang 2'), never);
    await writeFile(join(sources, 'kernel.cpp'), 'int answer = 43;');
    const changed = await buildKernel(sources, cache, host(), never);
    assert.equal(new Set([first.folder, other.folder, changed.folder]).size, 3);
  });

  it('that fails leaves nothing behind and tells the first error in one line', async () => {
    const stderr = 'make: entering\nkernel.cpp:1:1: error: unknown type name\nmake: *** [x.o] Error 1\n';
    await assert.rejects(buildKernel(sources, cache, host('c', { exitCode: 2, stderr }), never), error => {
      assert.ok(error instanceof KernelBuildFailed);
      assert.equal(error.message, 'The Simulated Mac could not be built: kernel.cpp:1:1: error: unknown type name');
      assert.equal(error.output, stderr);
      return true;
    });
    assert.deepEqual(await readdir(cache), []);
  });

  it('names the program that is missing', async () => {
    for (const [stderr, tool] of [
      ["clang: error: invalid linker name in argument '-fuse-ld=lld'\n", 'lld'],
      ["clang: error: invalid linker name in '-fuse-ld=lld'\n", 'lld'],
      ['/bin/sh: 1: ln: not found\nmake: *** [Makefile:10: all] Error 127\n', 'ln'],
    ] as const) {
      await assert.rejects(buildKernel(sources, cache, host('c', { exitCode: 2, stderr }), never), error => {
        assert.ok(error instanceof ToolNotStarted);
        assert.deepEqual([error.tool, error.missing], [tool, true]);
        return true;
      });
    }
  });

  it('says where the sources should be', async () => {
    await rm(join(sources, 'kernel.cpp'));
    await assert.rejects(buildKernel(sources, cache, host(), never), {
      name: 'ToolNotStarted',
      message: /its sources are not in/,
    });
  });

  it('that is cancelled leaves nothing behind', async () => {
    const stop = new AbortController();
    const runner = fakeRunner(({ tool }) => {
      if (tool === 'make') stop.abort();
      return output({ stdout: 'clang', cancelled: tool === 'make', exitCode: tool === 'make' ? null : 0 });
    });
    await assert.rejects(buildKernel(sources, cache, runner, stop.signal), { name: 'AbortError' });
    assert.deepEqual(await readdir(cache), []);
  });
});
