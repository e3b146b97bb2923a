import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { symbolize } from '../../../src/simulator/symbolize.ts';
import { ProcessRunner } from '../../../src/targets/processRunner.ts';
import { endingsOf, type Runner } from '../../../src/tools/port/runner.ts';
import { repositoryFolder, testFolder } from '../../support/repository.ts';
import { runProgram } from '../../support/runProgram.ts';

const { signal } = new AbortController();
const library = join(testFolder, 'referenceTrace.so');

/** A reference that was taken or given back, and the lines of the driver's own code that stand for it, innermost first. */
export interface RecordedReference {
  readonly kind: 'create' | 'retain' | 'collect' | 'release' | 'uncollect';
  /** `LampRack.cpp:41` */
  readonly lines: readonly string[];
}

/** An object of a class of the driver that is left at the end, by the runtime's own record. */
export interface RecordedObject {
  readonly class: string;
  readonly references: readonly RecordedReference[];
}

/** Builds what records the references, for the headers of this checkout's kernel. */
export async function prepareReferenceTrace(): Promise<void> {
  await mkdir(dirname(library), { recursive: true });
  const include = join(repositoryFolder, 'media', 'simulated-mac', 'include');
  const source = join(import.meta.dirname, 'referenceTrace.cpp');
  const options = ['-shared', '-fPIC', '-O0', '-std=c++17', '-fno-rtti', '-fno-omit-frame-pointer'];
  const kernel = ['-fvisibility=hidden', '-DKERNEL', '-DSIMULATED_MAC_RUNTIME', '-idirafter', include];
  await runProgram('clang++', [...options, ...kernel, source, '-o', library]);
}

/** Runs processes; while `file` says where to, a kernel among them leaves its record there. */
export class TracingRunner implements Runner {
  file: string | undefined;
  readonly #host = new ProcessRunner();

  run(...[command, cancel]: Parameters<Runner['run']>): ReturnType<Runner['run']> {
    if (this.file === undefined || command.input === undefined) return this.#host.run(command, cancel);
    const environment = { ...command.environment, LD_PRELOAD: library, REFERENCE_TRACE: this.file };
    return this.#host.run({ ...command, environment }, cancel);
  }

  runTogether(...[commands, cancel]: Parameters<Runner['runTogether']>): ReturnType<Runner['runTogether']> {
    return endingsOf(commands.map(command => this.run(command, cancel)));
  }
}

/** Reads a record that a kernel has left. */
export async function readReferences(file: string): Promise<readonly RecordedObject[]> {
  const objects: { readonly class: string; readonly events: string[] }[] = [];
  for (const line of (await readFile(file, 'utf8')).split('\n').filter(Boolean)) {
    const [word = '', name = ''] = line.split(' ');
    if (word === 'object') objects.push({ class: name, events: [] });
    else objects.at(-1)?.events.push(line);
  }
  const lineOf = await driverLines(objects.flatMap(({ events }) => events.flatMap(framesOf)));
  return objects.map(({ class: name, events }) => ({
    class: name,
    references: events.map(event => ({
      kind: event.split(' ')[0] as RecordedReference['kind'],
      lines: framesOf(event).flatMap(frame => lineOf.get(frame) ?? []),
    })),
  }));
}

const framesOf = (event: string): readonly string[] => event.split(' ').slice(1);

/** The source lines of the frames that lie in twins. */
async function driverLines(frames: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const lines = new Map<string, string>();
  const ofTwins = [...new Set(frames)].filter(frame => /\.so\+0x/.test(frame) && !frame.includes('libkernel.so'));
  for (const image of new Set(ofTwins.map(frame => frame.replace(/\+0x.*/, '')))) {
    const inImage = ofTwins.filter(frame => frame.startsWith(`${image}+0x`));
    const offsets = inImage.map(frame => Number(frame.slice(image.length + 1)));
    const symbols = await symbolize(image, offsets, new ProcessRunner(), signal);
    for (const [at, { position }] of symbols.entries())
      if (position !== undefined)
        lines.set(inImage[at] ?? assert.fail(), `${basename(position.file)}:${position.line}`);
  }
  return lines;
}
