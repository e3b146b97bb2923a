import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseClang } from '../tools/clang.ts';
import type { Runner } from '../tools/port/runner.ts';
import { ask } from '../tools/port/runner.ts';
import type { ToolCommand } from '../tools/port/toolCommand.ts';
import { ToolNotStarted } from '../tools/port/toolErrors.ts';
import { textOf } from './toolText.ts';
import { removeUnfinished, unfinishedName } from './unfinished.ts';

/** The simulated kernel, built for this machine. */
export interface KernelProgram {
  /** Absolute path of the launcher. */
  readonly executable: string;
  /** Absolute path of the library that holds the kernel's code: where the offsets of its panics lie. */
  readonly image: string;
  /** Folder with `include` and what a driver's build links its twin against. */
  readonly folder: string;
}

/**
 * Builds the simulated kernel from its sources once per compiler version and content, into `cache`. Rejects with
 * ToolNotStarted when make or clang++ is missing, and with KernelBuildFailed when they fail.
 */
export async function buildKernel(
  sources: string,
  cache: string,
  host: Runner,
  signal: AbortSignal,
): Promise<KernelProgram> {
  const compiler = await ask(host, compilerVersion, signal);
  const folder = join(cache, `simulated-mac-${await contentHash(sources, compiler)}`);
  const program = { executable: join(folder, 'kernel'), image: join(folder, 'libkernel.so'), folder };
  if (await isThere(program.executable)) return program;
  await removeUnfinished(cache);
  const unfinished = unfinishedName(`${folder}.${randomUUID()}`);
  await mkdir(unfinished, { recursive: true });
  try {
    const output = await host.run(makeKernel(sources, unfinished), signal);
    signal.throwIfAborted();
    if (output.exitCode !== 0) throw whyNotBuilt(textOf(output));
    await rename(unfinished, folder).catch(async error => {
      // Another process may have finished the same build first.
      if (!(await isThere(program.executable))) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return program;
}

/** A program that was missing, where that is why; any other failure is one of the sources or the compiler. */
function whyNotBuilt(said: string): ToolNotStarted | KernelBuildFailed {
  const linker = /invalid linker name in (?:argument )?'-fuse-ld=(\w+)'/.exec(said)?.[1];
  const notFound = parseClang(said).records.map(record => (record.kind === 'make' ? record.missingTool : undefined));
  const missing = linker ?? notFound.find(tool => tool !== undefined);
  return missing === undefined
    ? new KernelBuildFailed(said)
    : new ToolNotStarted(missing, 'the build of the Simulated Mac needs it', true);
}

/** The simulated kernel's own sources did not compile here. */
export class KernelBuildFailed extends Error {
  readonly output: string;
  constructor(output: string) {
    super(
      `The Simulated Mac could not be built: ${output.split('\n').find(line => /error/i.test(line)) ?? 'make gave no reason'}`,
    );
    this.name = 'KernelBuildFailed';
    this.output = output;
  }
}

const compilerVersion: ToolCommand<string> = {
  tool: 'clang++',
  argv: ['--version'],
  asRoot: false,
  timeoutMs: 30_000,
  parse: output => output.stdout,
};

function makeKernel(sources: string, out: string): ToolCommand<undefined> {
  return {
    tool: 'make',
    argv: ['-C', sources, `OUT=${out}`, 'CXX=clang++', '-j2'],
    asRoot: false,
    timeoutMs: 300_000,
    parse: () => undefined,
  };
}

async function contentHash(sources: string, compiler: string): Promise<string> {
  const hash = createHash('sha256').update(compiler);
  const entries = await readdir(sources, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  if (files.length === 0) throw new ToolNotStarted('Simulated Mac', `its sources are not in ${sources}`, true);
  for (const file of files.sort()) hash.update(file.slice(sources.length)).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

async function isThere(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    () => false,
  );
}
