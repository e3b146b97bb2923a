import { asSubject } from '../diagnosis/sentence.ts';
import type { RecordedPanic } from './kextRecord.ts';
import type { Operation } from './operation.ts';

/** The last operation on the kext took the target down: a reload is not simply done again. The message is one line. */
export class AfterPanic extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AfterPanic';
  }
}

/** Rejects with AfterPanic where the target went down under the kext and whoever asks for the reload has not been shown that. */
export async function requireAfterPanic(
  operation: Pick<Operation, 'records' | 'afterPanic' | 'project' | 'target'>,
): Promise<void> {
  const panic = operation.afterPanic === true ? undefined : await operation.records.panic.read();
  if (panic === undefined) return;
  const why = afterPanicText(operation, panic);
  throw new AfterPanic(
    `${why} Nothing was done: it is reloaded once that was seen, by Reload Kext in the editor, or by reload --after-panic in a terminal.`,
  );
}

/** `com.foo.bar was not reloaded since test-mac went down under it. test-mac panicked: …` */
export function afterPanicText(
  { project, target }: Pick<Operation, 'project' | 'target'>,
  { diagnosis }: RecordedPanic,
): string {
  return `${asSubject(target.called)} went down under the last operation on ${project.bundleIdentifier}: ${diagnosis.message}`;
}
