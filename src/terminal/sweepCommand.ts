import { findStaleCopies, removeStaleCopies, type SweptCopy } from '../operations/install/staleCopies.ts';
import { exitStatus } from '../report/exitStatus.ts';
import { copyLines, removedText, shownText, sweepText } from '../report/sweepText.ts';
import { type Options, UsageError } from './options.ts';
import type { RecordingWorld } from './recordCommand.ts';
import type { Answer } from './runCommand.ts';

/**
 * `sweep`: the copies of the project's kext on the target. With `--remove` each one that may be removed is, after a yes or with `--yes`; the
 * exit status is 1 where one is still there.
 */
export async function sweepCommand(
  options: Options,
  world: Pick<RecordingWorld, 'operation' | 'confirm'>,
  signal: AbortSignal,
): Promise<Answer> {
  const agrees = options.remove ? agreement(options, world, signal) : undefined;
  const operation = await world.operation(options, signal);
  const { target, askPassword } = operation;
  const sweep = await target.withAnswers(askPassword, () => findStaleCopies(operation, signal));
  const { copies, notices } = sweep;
  const document = { bundleIdentifier: sweep.bundleIdentifier, target: target.id, copies, notices };
  const shown = sweepText(sweep);
  if (agrees === undefined) return { document, text: shown, status: exitStatus.done };
  const removed = await removeStaleCopies(operation, sweep, agrees, signal);
  return {
    document: { ...document, removed },
    text: `${shown}\n${removedText(removed)}`,
    status: removed.some(({ failed }) => failed !== undefined) ? exitStatus.refused : exitStatus.done,
  };
}

function agreement(
  { yes, json }: Options,
  { confirm }: Pick<RecordingWorld, 'confirm'>,
  signal: AbortSignal,
): (copy: SweptCopy) => Promise<boolean> {
  if (yes) return async () => true;
  if (confirm === undefined || json)
    throw new UsageError('sweep --remove asks about each copy: answer in a terminal, or say --yes');
  return copy => confirm([shownText(copy.path), ...copyLines(copy)].join('\n    '), 'Remove this copy?', signal);
}
