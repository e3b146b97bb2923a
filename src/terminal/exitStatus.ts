import type { Outcome } from '../operations/operation.ts';

/** The exit statuses of the terminal face. */
export const exitStatus = { done: 0, refused: 1, usage: 2, unreachable: 3, cancelled: 130 } as const;

/** The exit status of an operation: waiting for a restart is no failure, nor is a panic that was asked for. */
export function exitStatusOf(outcome: Outcome): number {
  switch (outcome) {
    case 'built':
    case 'loaded':
    case 'unloaded':
    case 'used':
    case 'restarted':
    case 'reset':
    case 'quit':
    case 'plugged':
    case 'unplugged':
    case 'panicked':
    case 'notFound':
    case 'waitingForApproval':
    case 'approved':
    case 'waitingForRestart':
      return exitStatus.done;
    case 'cancelled':
      return exitStatus.cancelled;
    default:
      return exitStatus.refused;
  }
}
