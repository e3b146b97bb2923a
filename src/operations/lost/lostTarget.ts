import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { isBuildOf } from '../../diagnosis/loadProof.ts';
import { connectionLost, type LostIn, notBack, notTried, notWaitedFor } from '../../diagnosis/lostTarget.ts';
import { type Boot, isSameBoot } from '../../model/boot.ts';
import { loadedKext } from '../../model/snapshot.ts';
import { TargetLost } from '../../tools/port/toolErrors.ts';
import { ended } from '../ended.ts';
import { proveLoaded } from '../install/installAndLoad.ts';
import { isCancel } from '../isCancel.ts';
import { readSnapshot } from '../kernel/snapshot.ts';
import type { Operation, OperationResult } from '../operation.ts';
import type { Phases } from '../phases.ts';
import { factsOf } from '../project/kextFacts.ts';
import { product } from '../project/product.ts';
import { rememberCounts } from '../record/countsAtLoad.ts';
import { forgetTheBoot } from '../record/forgetTheBoot.ts';
import type { Journal } from '../record/journal.ts';
import type { JournalEntry } from '../record/journalEntry.ts';
import { targetWentDown } from './targetWentDown.ts';
import { longestWaitMs, TargetWait } from './waitForTarget.ts';

/** The operation whose target was lost. */
export interface LostOperation {
  readonly operation: Operation;
  readonly phases: Phases;
  readonly journal: Journal;
  /** What the operation was in the middle of. */
  readonly entry: JournalEntry;
  readonly signal: AbortSignal;
  /** What the operation has come to where its unload has taken the kext out; undefined where that is not all. */
  readonly end: 'unloaded' | undefined;
}

/**
 * The target was lost in the middle of an operation: waits until it answers again, and finds out whether only the connection
 * broke, whether it restarted, whether it panicked. Nothing is done again; what is not found out the journal keeps for later.
 */
export async function lostTarget(lost: LostOperation, error: TargetLost): Promise<OperationResult> {
  const { operation, phases, journal, entry, signal } = lost;
  const facts = factsOf(operation);
  const wait = new TargetWait(operation, signal);
  let said = error.message;
  const remains = async (outcome: 'failed' | 'cancelled', diagnosis: Diagnosis) => {
    await journal.staysOpen();
    return ended(phases, outcome, [diagnosis]);
  };
  const lostIn = (words = said): LostIn => ({ phase: entry.phase, kext: entry.kext, said: words });
  try {
    for (;;) {
      const end = await wait.untilBack(said);
      if ('why' in end) return await remains('failed', notTried(facts, lostIn(), end.why));
      if ('late' in end) return await remains('failed', notBack(facts, lostIn(end.late), longestWaitMs / 60_000));
      const result = await whatBecame(lost, lostIn(), end.system).catch(again => {
        if (!(again instanceof TargetLost)) throw again;
        said = again.message;
      });
      if (result !== undefined) {
        await journal.ends(result);
        return result;
      }
    }
  } catch (other) {
    if (!isCancel(other, signal)) {
      await journal.staysOpen();
      throw other;
    }
    return remains('cancelled', notWaitedFor(facts, lostIn()));
  }
}

async function whatBecame(lost: LostOperation, lostIn: LostIn, boot: Boot): Promise<OperationResult> {
  const { operation, phases, entry, signal } = lost;
  const same = isSameBoot(entry, boot);
  if (same === true) return stillUp(lost, lostIn);
  const manner = { patiently: true, asRoot: true };
  const down = await targetWentDown(operation, { lostIn, begun: entry.begun, certain: same === false }, signal, manner);
  if (down === undefined) return stillUp(lost, lostIn);
  const { diagnosis, report } = down;
  return { ...ended(phases, 'failed', [diagnosis]), ...(report === undefined ? {} : { panicReport: report }) };
}

/** Where the list proves what the phase was to come to, that is the truth; else it says how the kext is. */
async function stillUp(lost: LostOperation, lostIn: LostIn): Promise<OperationResult> {
  const { operation, phases, entry, signal, end } = lost;
  const { target, project, records } = operation;
  const after = await readSnapshot(target, project.classes, signal);
  const listed = loadedKext(after, project.bundleIdentifier);
  const { load } = phases;
  const bundle = load?.bundle ?? (await product(project)).bundle;
  const built = bundle?.executable?.uuid;
  const wasLoading = entry.kext === undefined && (entry.phase === 'loading' || entry.phase === 'verifying');
  if (wasLoading && load !== undefined && isBuildOf(load.bundle, listed?.uuid)) {
    const result = await proveLoaded(operation, load.bundle, load.before, phases);
    await rememberCounts(operation, load.before.row, result.snapshot);
    const { kept } = load.before;
    return kept === undefined ? result : { ...result, diagnoses: [...result.diagnoses, kept] };
  }
  if (end !== undefined && entry.kext === undefined && entry.phase === 'unloading' && listed === undefined) {
    await forgetTheBoot(records);
    return ended(phases, end, [], undefined, after);
  }
  // Also the one whose unload was cut may have gone.
  const unloaded = phases.records.flatMap(({ name, kext }) =>
    name === 'unloading' && kext !== undefined && loadedKext(after, kext) === undefined ? [kext] : [],
  );
  const state = { listed, built, unloaded, doing: entry.doing, staysUnloaded: end === 'unloaded' };
  const diagnosis = connectionLost(factsOf(operation), lostIn, state);
  return ended(phases, 'failed', [diagnosis], bundle, after);
}
