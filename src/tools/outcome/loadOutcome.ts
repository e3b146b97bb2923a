import { type LoadLine, loadFailureTemplates, loadProgressTemplates } from '../kext/loadText.ts';
import type { KmutilStatement } from '../kmutil/kmutilStatement.ts';
import { kernelAutounloadTemplates } from '../messages/kernelAutounloadTemplates.ts';
import { kernelLinkTemplates } from '../messages/kernelLinkTemplates.ts';
import { kernelLoadTemplates } from '../messages/kernelLoadTemplates.ts';
import { osReturnOfText } from '../osReturn.ts';
import { commonOutcomeOfCode, commonOutcomeOfStatement } from './commonOutcome.ts';

/** How a load ended. `needsRestart`: the system took the kext in, and it runs from the next start on. */
export type LoadOutcome =
  | 'loaded'
  | 'notPrivileged'
  | 'needsApproval'
  | 'needsRestart'
  | 'notFound'
  | 'loadFailed'
  | 'unknown';

const order: readonly Exclude<LoadOutcome, 'unknown'>[] = [
  'notPrivileged',
  'needsApproval',
  'needsRestart',
  'notFound',
  'loadFailed',
  'loaded',
];

/** How the load ended, by what was said; by the exit code only where nothing was said about the end. */
export function loadOutcome(lines: readonly LoadLine[], exitCode: number | null): LoadOutcome {
  const summaries = new Set(lines.map(summaryOf));
  const summary = order.find(candidate => summaries.has(candidate));
  // A load that succeeded may come with complaints about other kexts on the way.
  if (summary === 'loaded') return summary;
  // A signature that the system takes all the same is no reason.
  const isAllowed = lines.some(({ kind }) => kind === 'signatureAllowed');
  const said = isAllowed ? lines.filter(({ kind }) => kind !== 'codeSigningFailed') : lines;
  const outcomes = new Set([...summaries, ...said.map(reasonOf)]);
  const outcome = order.find(candidate => outcomes.has(candidate));
  if (outcome !== undefined) return outcome;
  if (!said.every(({ kind }) => neutral.has(kind))) return 'unknown';
  // It is said of kexts that nobody has approved, whichever status comes with it.
  const waits = exitCode !== 0 && said.some(({ kind }) => kind === 'restartRequired');
  return waits ? 'needsApproval' : outcomeOfExitCode(exitCode);
}

/** Lines that come with a success as well as with a failure. */
const neutral: ReadonlySet<string> = new Set<LoadLine['kind'] | keyof typeof loadProgressTemplates>([
  ...keysOf(loadProgressTemplates),
  ...keysOf(kernelAutounloadTemplates),
  'classRegistered',
  'classRegisteredTwice',
  'libraryWarning',
  'obsoleteSymbol',
  'weakReferencesUntested',
  'kextDiagnostics',
  'dump',
  'restartRequired',
  'loadQueued',
]);

/** Nothing was tried where this was said. */
const untried: ReadonlySet<string> = new Set<LoadLine['kind']>(['modeUnsupported']);

const reasons: ReadonlySet<string> = new Set([
  ...keysOf(kernelLoadTemplates),
  ...keysOf(kernelLinkTemplates),
  ...keysOf(loadFailureTemplates),
]);

function keysOf<Table extends object>(table: Table): readonly (keyof Table & string)[] {
  return Object.keys(table) as (keyof Table & string)[];
}

function summaryOf(line: LoadLine): LoadOutcome | undefined {
  switch (line.kind) {
    case 'notRoot':
    case 'notEntitled':
    case 'sudoRefused':
      return 'notPrivileged';
    case 'failedToLoad':
    case 'failedToStart':
    case 'kernelRequestFailed':
      return outcomeOfCode(osReturnOfText(line.error)?.code);
    case 'kextFailedToLoad':
      return outcomeOfCode(line.code);
    case 'kmutilError':
      return line.code === undefined ? outcomeOfStatement(line.says) : outcomeOfCode(line.code);
    case 'notFound':
      return 'notFound';
    case 'loaded':
      return 'loaded';
    default:
      return undefined;
  }
}

function reasonOf(line: LoadLine): LoadOutcome | undefined {
  if (line.kind === 'kextDiagnostics') return line.section === 'Warnings' ? undefined : 'loadFailed';
  if (line.kind === 'rejected' && line.reason === 'system policy') return 'needsApproval';
  return reasons.has(line.kind) && !neutral.has(line.kind) && !untried.has(line.kind) ? 'loadFailed' : undefined;
}

function outcomeOfCode(code: number | undefined): LoadOutcome {
  return code === 0xdc00801b ? 'needsApproval' : (commonOutcomeOfCode(code) ?? 'loadFailed');
}

function outcomeOfStatement(says: KmutilStatement): LoadOutcome {
  if (says.kind === 'notApproved') return 'needsApproval';
  if (says.kind === 'restartRequired') return 'needsRestart';
  return commonOutcomeOfStatement(says) ?? 'loadFailed';
}

/** kextload_main.c's own codes and sysexits.h's. */
function outcomeOfExitCode(exitCode: number | null): LoadOutcome {
  switch (exitCode) {
    case 0:
      return 'loaded';
    case 27:
      return 'needsApproval';
    case 28:
      return 'needsRestart';
    case 77:
      return 'notPrivileged';
    default:
      return exitCode === null ? 'unknown' : 'loadFailed';
  }
}
