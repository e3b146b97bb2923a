import { AfterPanic, afterPanicText } from '../operations/afterPanic.ts';
import type { Operation } from '../operations/operation.ts';
import { diagnosisText } from '../report/diagnosisText.ts';
import type { RecordingWorld } from './recordCommand.ts';

/**
 * The same reload for somebody who has been shown that the target went down under the last operation on the kext, and wants it
 * all the same; undefined after a no. Rejects with AfterPanic where nobody is there to be shown it.
 */
export async function askAfterPanic(
  operation: Operation,
  { confirm }: Pick<RecordingWorld, 'confirm'>,
  signal: AbortSignal,
): Promise<Operation | undefined> {
  const panic = operation.afterPanic === true ? undefined : await operation.records.panic.read();
  if (panic === undefined) return operation;
  if (confirm === undefined)
    throw new AfterPanic(
      `${afterPanicText(operation, panic)} reload --after-panic reloads it all the same; uninstall removes it.`,
    );
  const shown = [
    diagnosisText(panic.diagnosis, operation.project.folder),
    ...(panic.report === undefined ? [] : [`Panic report: ${panic.report}`]),
    'uninstall removes the installed copy.',
  ];
  const wanted = await confirm(shown.join('\n'), 'Reload anyway?', signal);
  return wanted ? { ...operation, afterPanic: true } : undefined;
}
