import { stat } from 'node:fs/promises';
import { diagnoseTranscript, type TranscriptDiagnosis, type TranscriptSource } from '../diagnosis/transcript.ts';
import { declarationFinder } from '../operations/project/declarations.ts';
import { findKextProject } from '../operations/project/findKextProject.ts';
import { findKexts } from '../operations/project/findKexts.ts';
import { type KextProject, openKextProject } from '../operations/project/kextProject.ts';
import { isFilledIn } from '../operations/project/productFit.ts';
import { type KextLog, kextLogReader } from '../tools/log/kextLog.ts';
import type { InputFiles } from './inputFiles.ts';
import { type Options, UsageError } from './options.ts';

const buildCommand = ['make'];

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
  return diagnoseTranscript(transcript, await readSource(options.source, textOf(transcript), signal));
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

/** What a transcript says, in one. */
function textOf({ said, log }: { readonly said: string; readonly log: KextLog | undefined }): string {
  return [said, ...(log?.kernel.map(({ text }) => text) ?? []), ...(log?.tools ?? []), ...(log?.said ?? [])].join('\n');
}

/** The source of the kexts that `said` names comes first: the folder may have several, each built with macros of its own. */
async function readSource(folder: string | undefined, said: string, signal: AbortSignal): Promise<TranscriptSource> {
  if (folder === undefined) {
    return { declared: [], declarationOf: () => undefined, identifierPosition: () => undefined };
  }
  await requireFolder(folder);
  const named = await kextsNamed(folder, said, signal);
  const { all } = await declarationFinder({ folder }, signal);
  const byName = new Map([...all, ...named.flatMap(({ declarations }) => declarations)].map(each => [each.name, each]));
  return {
    declared: [...byName.values()],
    declarationOf: className => byName.get(className)?.declaration,
    identifierPosition: identifier =>
      named.find(({ bundleIdentifier }) => bundleIdentifier === identifier)?.identifierPosition,
  };
}

/** Of several with one identifier the nearest to the folder. How they are built does not matter here. */
async function kextsNamed(folder: string, said: string, signal: AbortSignal): Promise<readonly KextProject[]> {
  const { kexts } = await findKexts(folder, { buildCommand });
  const nearest = Map.groupBy(kexts, ({ infoPlist }) => infoPlist.bundleIdentifier ?? '');
  const named = [...nearest].flatMap(([identifier, [kext]]) =>
    kext !== undefined && (said.includes(identifier) || !isFilledIn(identifier)) ? [kext] : [],
  );
  if (named.length === 0) {
    const project = await findKextProject(folder, buildCommand, signal);
    return 'problem' in project ? [] : [project];
  }
  const projects: KextProject[] = [];
  for (const kext of named) {
    const others = kexts.filter(other => other !== kext);
    projects.push(await openKextProject(kext, others, { buildCommand }, signal));
  }
  return projects;
}
