import { AfterPanic, afterPanicText } from '../operations/lost/afterPanic.ts';
import type { Operation } from '../operations/operation.ts';
import { diagnosisText } from '../report/diagnosisText.ts';
import type { RecordingWorld } from './recordCommand.ts';

/** The commands that load a kext, and their questions. */
const questions: Readonly<Record<string, string>> = { reload: 'Reload anyway?', load: 'Load anyway?' };

/**
 * The same operation for somebody who has been shown that the target went down under the last operation on the kext, and wants it
 * all the same; undefined after a no. A command that loads nothing goes on unasked. Rejects with AfterPanic where nobody is there to be shown it.
 */
export async function askAfterPanic(
  operation: Operation,
  command: string,
  { confirm }: Pick<RecordingWorld, 'confirm'>,
  signal: AbortSignal,
): Promise<Operation | undefined> {
  const question = Object.hasOwn(questions, command) ? questions[command] : undefined;
  if (question === undefined || operation.afterPanic === true) return operation;
  const panic = await operation.records.panic.read();
  if (panic === undefined) return operation;
  if (confirm === undefined)
    throw new AfterPanic(
      `${afterPanicText(operation, panic)} ${command} --after-panic ${command}s it all the same; uninstall removes it.`,
    );
  const shown = [
    diagnosisText(panic.diagnosis, operation.project.folder),
    ...(panic.report === undefined ? [] : [`Panic report: ${panic.report}`]),
    'uninstall removes the installed copy.',
  ];
  const wanted = await confirm(shown.join('\n'), question, signal);
  return wanted ? { ...operation, afterPanic: true } : undefined;
}
