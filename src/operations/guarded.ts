import { panicked } from '../diagnosis/panicked.ts';
import type { ExclusiveTurn } from '../tools/port/target.ts';
import { TargetLost } from '../tools/port/toolErrors.ts';
import { aloneAsBound, aloneOnKext } from './aloneOnKext.ts';
import { ended } from './ended.ts';
import { isCancel } from './isCancel.ts';
import type { Operation, OperationResult } from './operation.ts';
import { Phases, type PhaseWatch } from './phases.ts';
import { factsOf } from './project/kextFacts.ts';
import { asLastBuilt, rememberIdentifier } from './project/knownIdentifier.ts';
import { forgetTheBoot } from './record/forgetTheBoot.ts';
import { takeUpInterrupted } from './record/interruptedOperation.ts';
import { Journal } from './record/journal.ts';

/** What an operation does once nothing else works on its kext; `signal` also ends where another one takes its place. */
export type GuardedWork = (phases: Phases, signal: AbortSignal) => Promise<OperationResult>;

/** Does an operation's work, and turns the loss of the target in its middle into a result. */
export type RunWork = (operation: Operation, work: GuardedWork) => Promise<OperationResult>;

/** What is done while nothing else works on the kext: around the work, which is done by `run`. */
export type Turn = (run: RunWork, phases: Phases, signal: AbortSignal) => Promise<OperationResult>;

/**
 * Runs an operation while no other one works on the same kext, writes down what it does, and turns a cancellation and the
 * loss of the target in its middle into results; all else that went wrong goes on to the caller. `end`: what it has come to where
 * its unload has taken the kext out.
 */
export function guarded(
  operation: Operation,
  signal: AbortSignal,
  work: GuardedWork,
  end?: 'unloaded',
): Promise<OperationResult> {
  return inTurn(operation, signal, run => run(operation, work), end);
}

/** As guarded(), where more than the work is to be done before the next operation has its turn. */
export async function inTurn(
  operation: Operation,
  signal: AbortSignal,
  turn: Turn,
  end?: 'unloaded',
): Promise<OperationResult> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const journal = new Journal(operation);
  const turnOnKext = exclusiveTurn(operation, () => stop.abort());
  const watch: PhaseWatch = (...begun) => journal.begins(...begun);
  const phases = new Phases({ progress: operation.progress, watch, turn: turnOnKext });
  const run: RunWork = (own, work) => journaled(own, work, { phases, journal, signal: either, end });
  try {
    const result = await aloneOnKext(
      operation,
      signal,
      () => operation.target.withAnswers(operation.askPassword, () => turn(run, phases, either)),
      turnOnKext,
    );
    return withAdvice(operation, phases, result);
  } catch (error) {
    if (isCancel(error, either)) return withAdvice(operation, phases, ended(phases, 'cancelled', []));
    throw error;
  }
}

/** What was to be told with the result is: only then somebody was told. */
async function withAdvice(
  { advised }: Operation,
  { advice }: Phases,
  result: OperationResult,
): Promise<OperationResult> {
  if (advice.length === 0) return result;
  // Where that cannot be remembered it is told again.
  await advised?.done().catch(() => undefined);
  return { ...result, diagnoses: [...result.diagnoses, ...advice] };
}

interface Running {
  readonly phases: Phases;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly end: 'unloaded' | undefined;
}

async function journaled(operation: Operation, work: GuardedWork, running: Running): Promise<OperationResult> {
  const { phases, journal, signal } = running;
  await rememberIdentifier(operation.project, operation.records, operation.project.bundleIdentifier);
  await takeUpInterrupted(operation, phases, signal);
  try {
    const result = await work(phases, signal);
    await journal.ends(result);
    return result;
  } catch (error) {
    const result = error instanceof TargetLost ? await whenLost(operation, error, running) : undefined;
    if (result !== undefined) return result;
    await journal.ends();
    throw error;
  }
}

/** undefined where the target was not touched: that it cannot be reached is all that there is to say. */
async function whenLost(
  operation: Operation,
  error: TargetLost,
  running: Running,
): Promise<OperationResult | undefined> {
  // Where a build fills in the identifier the work may just have made one.
  const known = { ...operation, project: await asLastBuilt(operation.project, operation.records) };
  if (known.target.takePanic !== undefined) return toldPanic(known, running);
  const { entry } = running.journal;
  if (entry === undefined || entry.phase === 'building') return undefined;
  const { lostTarget } = await import('./lost/lostTarget.ts');
  const lost = { operation: known, entry, ...running };
  // Whoever does not wait for another operation to end has lost the target all the same.
  await running.journal.staysOpen();
  const turn = aloneAsBound(operation, known, running.signal, () => lostTarget(lost, error), running.phases.turn);
  return turn.catch(other => {
    throw isCancel(other, running.signal) ? error : other;
  });
}

/** The target tells its panic itself. */
async function toldPanic(operation: Operation, { phases, journal, signal }: Running) {
  const panic = await operation.target.takePanic?.(signal);
  if (panic === undefined) return undefined;
  const diagnosis = panicked(factsOf(operation), panic);
  // The panic's restart cleared all else; a build that waited for one is ready.
  await forgetTheBoot(operation.records);
  await operation.records.panic.write({ diagnosis });
  const result = ended(phases, 'failed', [diagnosis]);
  await journal.ends(result);
  return result;
}

/** How the operation waits for another one on the same kext, and makes way for one where `stop` is there. */
export function exclusiveTurn(
  { doing = '', progress, offerReplace, replaces = false }: Operation,
  stop?: () => void,
): ExclusiveTurn {
  return {
    doing,
    replaces,
    waits: (behind, replace) => {
      offerReplace?.(behind, replace);
      progress('waiting', behind);
    },
    ...(stop === undefined ? {} : { asked: stop }),
  };
}
