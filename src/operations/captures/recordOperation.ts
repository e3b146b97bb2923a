import type { Operation } from '../operation.ts';
import { handedOn } from './heardOperation.ts';
import { type RecordedCall, recordingRunner } from './recordCaptures.ts';

/** The same operation; `record` gets every call that it makes, of the target's tools and of the build. */
export function recordOperation(operation: Operation, record: (call: RecordedCall) => void): Operation {
  const { target, host } = operation;
  return {
    ...operation,
    host: recordingRunner(host, true, record),
    target: { ...handedOn(target), runner: recordingRunner(target.runner, false, record) },
  };
}
