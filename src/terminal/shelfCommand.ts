import { exitStatus } from '../report/exitStatus.ts';
import { shelfText } from '../report/shelfText.ts';
import { diagnosisJson } from './diagnosisJson.ts';
import type { Options } from './options.ts';
import type { RecordingWorld } from './recordCommand.ts';
import type { Answer } from './runCommand.ts';

/** `shelf`: the reloads of the project's kext on the target that are kept. Nothing is asked of the target. */
export async function shelfCommand(
  options: Options,
  world: Pick<RecordingWorld, 'operation'>,
  signal: AbortSignal,
): Promise<Answer> {
  const { project, target, shelf } = await world.operation(options, signal);
  const reloads = (await shelf?.reloads()) ?? [];
  const json = reloads.map(({ schema: _, diagnoses, ...reload }) => ({
    ...reload,
    diagnoses: diagnoses.map(diagnosis => diagnosisJson(diagnosis, project.folder)),
  }));
  return {
    document: { bundleIdentifier: project.bundleIdentifier, target: target.id, reloads: json },
    text: shelfText(reloads, { kext: project.bundleIdentifier, target: target.called }),
    status: exitStatus.done,
  };
}
