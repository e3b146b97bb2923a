import { cameAbout, type OperationResult, type Outcome } from '../operations/operation.ts';

/** The exit statuses of the terminal face and of tasks. */
export const exitStatus = { done: 0, refused: 1, usage: 2, unreachable: 3, cancelled: 130 } as const;

/** Outcomes that were asked for or lead on, whatever error stands beside them. */
const expected: readonly Outcome[] = ['waitingForApproval', 'waitingForRestart', 'panicked'];

/** The exit status of what an operation came to and found: an error beside an outcome that is none fails it. */
export function exitStatusOfResult({ outcome, diagnoses }: Pick<OperationResult, 'outcome' | 'diagnoses'>): number {
  const ended = exitStatusOf(outcome);
  const errors = diagnoses.some(({ severity }) => severity === 'error');
  return ended === exitStatus.done && errors && !expected.includes(outcome) ? exitStatus.refused : ended;
}

/** The exit status of an outcome alone: there is nothing left to unload where nothing was found. */
export function exitStatusOf(outcome: Outcome): number {
  if (outcome === 'cancelled') return exitStatus.cancelled;
  return cameAbout.has(outcome) || outcome === 'notFound' ? exitStatus.done : exitStatus.refused;
}
