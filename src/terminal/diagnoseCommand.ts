import { stat } from 'node:fs/promises';
import { diagnoseTranscript, type TranscriptDiagnosis, type TranscriptSource } from '../diagnosis/transcript.ts';
import { declarationFinder } from '../operations/declarations.ts';
import { findKextProject } from '../operations/findKextProject.ts';
import { type KextLog, kextLogReader } from '../tools/kextLog.ts';
import type { InputFiles } from './inputFiles.ts';
import { type Options, UsageError } from './options.ts';

/** `diagnose --unload FILE --log FILE …`: the autopsy of a refused unload or load, without a target. Either file will do. */
export async function diagnoseCommand(
  options: Options,
  files: InputFiles,
  signal: AbortSignal,
): Promise<TranscriptDiagnosis> {
  if (options.unload === undefined && options.log === undefined)
    throw new UsageError('diagnose takes --unload FILE, what kextunload printed, or --log FILE, what the log says');
  const optional = (file: string | undefined) => (file === undefined ? undefined : files.readInput(file));
  const transcript = {
    said: (await optional(options.unload)) ?? '',
    isOfLoad: options.isOfLoad,
    log: options.log === undefined ? undefined : await readLog(files.readChunks(options.log), signal),
    registry: await optional(options.registry),
    counts: await optional(options.counts),
  };
  return diagnoseTranscript(transcript, await readSource(options.source, signal));
}

/** A log may be larger than memory: what it says about kexts is kept, and nothing else. */
async function readLog(chunks: AsyncIterable<string>, signal: AbortSignal): Promise<KextLog> {
  const reader = kextLogReader({ bareIsKernel: true });
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    reader.feed(chunk);
  }
  reader.end();
  return reader.result();
}

/** Throws UsageError where there is no such folder. */
async function requireFolder(folder: string): Promise<void> {
  const isFolder = await stat(folder).then(
    found => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UsageError(`${folder} is no folder; expected one with the source of a kext`);
}

async function readSource(folder: string | undefined, signal: AbortSignal): Promise<TranscriptSource> {
  if (folder === undefined) {
    return { declared: [], declarationOf: () => undefined, identifierPosition: () => undefined };
  }
  await requireFolder(folder);
  const { all, positionOf } = await declarationFinder({ folder }, signal);
  // How it is built does not matter here.
  const project = await findKextProject(folder, ['make'], signal);
  return {
    declared: all,
    declarationOf: positionOf,
    identifierPosition: identifier =>
      'problem' in project || project.bundleIdentifier !== identifier ? undefined : project.identifierPosition,
  };
}
