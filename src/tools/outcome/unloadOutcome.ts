import type { UnloadLine } from '../kextunload.ts';
import { kextNoticeTemplates, kextTroubleTemplates } from '../messages/kextTroubleTemplates.ts';
import { osReturnOfText } from '../osReturn.ts';
import { commonOutcomeOfCode, commonOutcomeOfStatement } from './commonOutcome.ts';
import { reasonIn, type UnloadReasonKind } from './unloadReason.ts';

/** How an unload ended. `dependents`: something else is linked against the kext or holds it. */
export type UnloadOutcome =
  | 'unloaded'
  | 'refused'
  | 'notFound'
  | 'notPrivileged'
  | 'dependents'
  | 'stopFailed'
  | 'unknown';

// The kernel's own reason comes before the tool's summary of it, whatever the order of the lines.
const order: readonly Exclude<UnloadOutcome, 'unknown'>[] = [
  'notPrivileged',
  'stopFailed',
  'dependents',
  'refused',
  'notFound',
  'unloaded',
];

/**
 * How the unload ended, by what was said. The exit code decides only where nothing was said about the end: success and
 * refusal both come with misleading codes (kext_tools, kextunload_main.c: 3 is every refusal).
 */
export function unloadOutcome(lines: readonly UnloadLine[], exitCode: number | null): UnloadOutcome {
  const reasons = new Set(lines.map(reasonOf));
  const reason = order.find(outcome => reasons.has(outcome));
  if (reason !== undefined) return reason;
  const summaries = new Set(lines.map(summaryOf));
  const summary = order.find(outcome => summaries.has(outcome));
  if (summary !== undefined) return summary;
  return lines.every(({ kind }) => neutral.has(kind)) ? outcomeOfExitCode(exitCode) : 'unknown';
}

/** Lines that come with a success as well as with a refusal, and those that are not of an unload alone. */
const neutral: ReadonlySet<string> = new Set<string>([
  ...Object.keys(kextTroubleTemplates),
  ...Object.keys(kextNoticeTemplates),
  'requesting',
  'logsHint',
  'autounloadEnabled',
  'autounloadDelayed',
  'autounloadScheduled',
  'autounloadScan',
]);

function reasonOf(line: UnloadLine): UnloadOutcome | undefined {
  switch (line.kind) {
    case 'notRoot':
    case 'sudoRefused':
      return 'notPrivileged';
    case 'notFound':
    case 'stopOfUnloaded':
      return 'notFound';
    default:
      return outcomeOfReason(reasonIn(line));
  }
}

function outcomeOfReason(reason: UnloadReasonKind | undefined): UnloadOutcome | undefined {
  switch (reason) {
    case 'stopFailed':
    case 'instancesAfterStop':
      return 'stopFailed';
    case 'dependents':
      return 'dependents';
    case 'notEntitled':
      return 'notPrivileged';
    // These only say how it ended: a reason of the kernel's comes before them.
    case 'failedLate':
    case 'servicesTerminated':
    case 'classNotTerminated':
    case 'notFoundAtPath':
    case 'notAsked':
    case undefined:
      return undefined;
    default:
      return 'refused';
  }
}

function summaryOf(line: UnloadLine): UnloadOutcome | undefined {
  switch (line.kind) {
    case 'failedToUnload':
    case 'kernelRequestFailed':
    case 'failedToTerminate':
    case 'notCommunicated':
      return outcomeOfCode(osReturnOfText(line.error)?.code);
    case 'kextFailedToUnload':
      return outcomeOfCode(line.code);
    case 'kmutilError':
      return line.code === undefined ? (commonOutcomeOfStatement(line.says) ?? 'refused') : outcomeOfCode(line.code);
    case 'unloaded':
    case 'removed':
      return 'unloaded';
    case 'notCreated':
      return 'notFound';
    case 'servicesTerminated':
      return 'refused';
    case 'failedToTerminateClass':
      // What was not found is the class.
      return commonOutcomeOfCode(osReturnOfText(line.error)?.code) === 'notPrivileged' ? 'notPrivileged' : 'refused';
    default:
      return undefined;
  }
}

/** kOSMetaClassHasInstances and kOSKextReturnStartStopError: the stop function, or the teardown of the classes after it. */
const stopCodes: ReadonlySet<number | undefined> = new Set([0xdc004002, 0xdc008017]);

function outcomeOfCode(code: number | undefined): UnloadOutcome {
  return stopCodes.has(code) ? 'stopFailed' : (commonOutcomeOfCode(code) ?? 'refused');
}

/** kextunload_main.c's own codes (1, 2, 3) and sysexits.h's EX_NOPERM. */
function outcomeOfExitCode(exitCode: number | null): UnloadOutcome {
  switch (exitCode) {
    case 0:
      return 'unloaded';
    case 1:
      return 'notFound';
    case 2:
    case 77:
      return 'notPrivileged';
    case 3:
      return 'refused';
    default:
      return 'unknown';
  }
}
