import { commonOutcomeOfCode, commonOutcomeOfStatement } from './commonOutcome.ts';
import type { UnloadLine } from './kextunload.ts';
import { osReturnOfText } from './osReturn.ts';

/** How an unload ended. `dependents`: something else is linked against the kext or holds it. */
export type UnloadOutcome =
  | 'unloaded'
  | 'refused'
  | 'notFound'
  | 'notPrivileged'
  | 'dependents'
  | 'stopFailed'
  | 'unknown';

const inUse = 0xdc008018;

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

/** Lines that come with a success as well as with a refusal. */
const neutral: ReadonlySet<string> = new Set<UnloadLine['kind']>([
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
    case 'notEntitled':
    case 'sudoRefused':
      return 'notPrivileged';
    case 'didNotStop':
    case 'moduleStopReturned':
    case 'instancesAfterStop':
    case 'moduleDamaged':
    case 'memoryNotFreed':
      return 'stopFailed';
    case 'referencesAtStop':
      return 'dependents';
    case 'servicesFailedToTerminate':
      return line.code === inUse ? 'dependents' : 'refused';
    // Counted once the services are terminated (xnu, OSKext::unload).
    case 'outstandingReferences':
    case 'classesHaveInstances':
    case 'classInstances':
    case 'removalVetoed':
    case 'unsupportedByCache':
    case 'terminateDisallowed':
    case 'unloadingDisabled':
      return 'refused';
    case 'notFound':
    case 'stopOfUnloaded':
      return 'notFound';
    default:
      return undefined;
  }
}

function summaryOf(line: UnloadLine): UnloadOutcome | undefined {
  switch (line.kind) {
    case 'failedToUnload':
    case 'kernelRequestFailed':
    case 'failedToTerminate':
    case 'failedToTerminateClass':
    case 'notCommunicated':
      return outcomeOfCode(osReturnOfText(line.error)?.code);
    case 'kextFailedToUnload':
      return outcomeOfCode(line.code);
    case 'kmutilError':
      return line.code === undefined ? (commonOutcomeOfStatement(line.says) ?? 'refused') : outcomeOfCode(line.code);
    case 'notCreated':
      return 'notFound';
    case 'servicesTerminated':
      return 'refused';
    case 'unloaded':
    case 'removed':
      return 'unloaded';
    default:
      return undefined;
  }
}

const untouchedReasons = ['removalVetoed', 'unsupportedByCache', 'terminateDisallowed'] as const;

/** Why the kernel turned an unload down before it had terminated the driver (OSKext::removeKext, IOCatalogue). */
export type UntouchedReason = (typeof untouchedReasons)[number];

/** undefined where the unload got further. */
export function untouchedBecause(lines: readonly UnloadLine[]): UntouchedReason | undefined {
  const kinds = new Set<string>(lines.map(({ kind }) => kind));
  return untouchedReasons.find(kind => kinds.has(kind));
}

/** kOSMetaClassHasInstances, kOSKextReturnBadData and kOSKextReturnStartStopError: the stop function, or its address. */
const stopCodes: ReadonlySet<number | undefined> = new Set([0xdc004002, 0xdc008007, 0xdc008017]);

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
