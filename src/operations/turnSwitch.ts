import { guarded } from './guarded.ts';
import type { Operation, OperationResult, Outcome } from './operation.ts';

/** Does what only the Simulated Mac lets one do; `outcome` is what it comes to. Rejects with SwitchRefused. */
export function turnSwitch(
  operation: Operation,
  outcome: Outcome,
  signal: AbortSignal,
  turn: () => Promise<void>,
): Promise<OperationResult> {
  return guarded(operation, signal, async () => {
    await turn();
    return { outcome, phases: [], diagnoses: [] };
  });
}
