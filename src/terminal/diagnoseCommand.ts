import { stat } from 'node:fs/promises';
import { diagnoseTranscript, type TranscriptDiagnosis, type TranscriptSource } from '../diagnosis/transcript.ts';
import { declarationFinder } from '../operations/declarations.ts';
import { findKextProject } from '../operations/kextProject.ts';
import { type Options, UsageError } from './options.ts';

/** `diagnose --unload FILE …`: the autopsy of a refused unload or load, without a target. */
export async function diagnoseCommand(
  options: Options,
  readInput: (file: string) => Promise<string>,
  signal: AbortSignal,
): Promise<TranscriptDiagnosis> {
  if (options.unload === undefined) throw new UsageError('diagnose takes --unload FILE, what kextunload printed');
  const optional = (file: string | undefined) => (file === undefined ? undefined : readInput(file));
  const transcript = {
    said: await readInput(options.unload),
    registry: await optional(options.registry),
    counts: await optional(options.counts),
  };
  return diagnoseTranscript(transcript, await readSource(options.source, signal));
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
  const project = await findKextProject(folder, [], signal);
  return {
    declared: all,
    declarationOf: positionOf,
    identifierPosition: identifier =>
      'problem' in project || project.bundleIdentifier !== identifier ? undefined : project.identifierPosition,
  };
}
