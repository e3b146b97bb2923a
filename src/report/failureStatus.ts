import type { Failure } from '../operations/failure.ts';
import { exitStatus } from './exitStatus.ts';

const statuses: Readonly<Record<Failure['kind'], number>> = {
  missingTool: exitStatus.usage,
  badInput: exitStatus.usage,
  notPrivileged: exitStatus.refused,
  targetLost: exitStatus.unreachable,
  unknownText: exitStatus.refused,
  other: exitStatus.refused,
};

/** The exit status of an operation that could not run to an end of its own. */
export function failureStatus({ kind }: Failure): number {
  return statuses[kind];
}
