import { asSubject } from '../../diagnosis/sentence.ts';
import type { Operation } from '../operation.ts';
import type { RecordedPanic } from '../record/kextRecord.ts';

/** The last operation on the kext took the target down: it is not simply loaded again. The message is one line. */
export class AfterPanic extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AfterPanic';
  }
}

const howToGoOn = {
  reload: 'it is reloaded once that was seen, by Reload Kext in the editor, or by reload --after-panic in a terminal',
  load: 'it is loaded once that was seen, by Load Kext in the editor, or by load --after-panic in a terminal',
  finishReload:
    'the reload is finished once that was seen, by Finish Reload in the editor, or by reload --after-panic in a terminal',
  loadShelved: 'it is loaded once that was seen, by Show Shelf in the editor',
} as const;

/** Rejects with AfterPanic where the target went down under the kext and whoever asks for the load has not been shown that. */
export async function requireAfterPanic(
  operation: Pick<Operation, 'records' | 'afterPanic' | 'project' | 'target'>,
  asked: keyof typeof howToGoOn,
): Promise<void> {
  const panic = operation.afterPanic === true ? undefined : await operation.records.panic.read();
  if (panic === undefined) return;
  throw new AfterPanic(`${afterPanicText(operation, panic)} Nothing was done: ${howToGoOn[asked]}.`);
}

/** `com.foo.bar was not reloaded since test-mac went down under it. test-mac panicked: …` */
export function afterPanicText(
  { project, target }: Pick<Operation, 'project' | 'target'>,
  { diagnosis }: RecordedPanic,
): string {
  return `${asSubject(target.called)} went down under the last operation on ${project.bundleIdentifier}: ${diagnosis.message}`;
}
