import { type LostIn, restartedWithoutReport } from '../../diagnosis/lostTarget.ts';
import { panicked } from '../../diagnosis/panicked.ts';
import type { Operation } from '../operation.ts';
import { factsOf } from '../project/kextFacts.ts';
import { forgetTheBoot } from '../record/forgetTheBoot.ts';
import type { RecordedPanic } from '../record/kextRecord.ts';
import { type FoundReport, findPanicReport, type SearchManner } from './panicReport.ts';

/** How the target went down under an operation. */
export interface WentDown {
  readonly lostIn: LostIn;
  /** When the operation began, by this machine's clock, in ms since 1970. */
  readonly begun: number;
  /** Its boot is another one; else it is so only where a report says that it panicked. */
  readonly certain: boolean;
}

/**
 * Fetches the panic report of a target that went down, and remembers what it came to: the next reload shows it first.
 * undefined where it did not go down, as far as is known. Rejects with TargetLost, and where it is cancelled.
 */
export async function targetWentDown(
  operation: Operation,
  { lostIn, begun, certain }: WentDown,
  signal: AbortSignal,
  manner: SearchManner,
): Promise<RecordedPanic | undefined> {
  const { records } = operation;
  const facts = factsOf(operation);
  const found = await findPanicReport(operation, begun, signal, manner);
  const isReport = found !== undefined && 'panic' in found;
  if (!isReport && !certain) return undefined;
  // The restart cleared all else; a build that waited for one is ready.
  await forgetTheBoot(records);
  const recorded: RecordedPanic = isReport
    ? await withReport(operation, found)
    : { diagnosis: restartedWithoutReport(facts, lostIn, found?.unread) };
  await records.panic.write(recorded);
  return recorded;
}

async function withReport(operation: Operation, { panic, path, text, ending }: FoundReport): Promise<RecordedPanic> {
  const report = await operation.records.keepReport(text, ending);
  return { diagnosis: panicked(factsOf(operation), panic, { path, copy: report }), report };
}
