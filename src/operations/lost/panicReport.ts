import { panicOfLog } from '../../diagnosis/panicOfLog.ts';
import { currentTime } from '../../tools/date.ts';
import { parsePanic } from '../../tools/panic.ts';
import {
  panicReportFolders,
  panicReports,
  panicReportText,
  panicReportTime,
  type StatForm,
} from '../../tools/panicReports.ts';
import { ask, askTogether } from '../../tools/port/runner.ts';
import type { Panic, Target } from '../../tools/port/target.ts';
import { TargetLost, UnknownToolText } from '../../tools/port/toolErrors.ts';
import { unless } from '../kernel/unless.ts';
import type { Operation } from '../operation.ts';
import { methodFinder } from '../project/declarations.ts';
import type { PanicReportEnding } from '../record/kextRecord.ts';

/** A panic report that was read. */
export interface FoundReport {
  readonly panic: Panic;
  /** On the target. */
  readonly path: string;
  readonly text: string;
  readonly ending: PanicReportEnding;
}

/** What a search for a report came to: `unread`: why the reports could not be read. */
export type ReportSearch = FoundReport | { readonly unread: string } | undefined;

/** A Mac answers before it has written the report of its last end: in ms, the pauses between the looks. */
const pausesMs = [2000, 4000, 8000, 16_000] as const;

/** What is written in the same second, and a clock that is read a moment later, in seconds. */
const slackSeconds = 2;

/** How a search goes: `patiently` waits for a report that is still to be written; `asRoot` reads as root what needs it. */
export interface SearchManner {
  readonly patiently: boolean;
  readonly asRoot: boolean;
}

/**
 * The newest panic report of the target that was written after `begun`, by this machine's clock in ms since 1970. Nothing is
 * changed there. Rejects with TargetLost, and where it is cancelled; all else that goes wrong is why nothing was read.
 */
export async function findPanicReport(
  { target, project, progress }: Pick<Operation, 'target' | 'project' | 'progress'>,
  begun: number,
  signal: AbortSignal,
  { patiently, asRoot }: SearchManner,
): Promise<ReportSearch> {
  for (const pauseMs of patiently ? [...pausesMs, undefined] : [undefined]) {
    const found = await orWhyNot(signal, async () => newestSince(target, begun, signal, asRoot));
    if (found !== undefined && 'unread' in found) return found;
    if (found !== undefined) {
      const [log] = parsePanic(found.text).records;
      // A report of a form that is not known is shown as it is.
      const panic = log === undefined ? undefined : panicOfLog(log, await methodFinder(project, signal));
      return { ...found, panic: panic ?? { reason: 'its report has a form that is not known', frames: [] } };
    }
    if (pauseMs === undefined) break;
    progress('waiting', `the panic report of ${target.called}`);
    await target.pause(pauseMs, signal);
  }
  return undefined;
}

async function orWhyNot<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | { readonly unread: string }> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TargetLost) throw error;
    return { unread: (error as Error).message };
  }
}

type Text = Omit<FoundReport, 'panic'>;

async function newestSince(
  target: Target,
  begun: number,
  signal: AbortSignal,
  mayBeRoot: boolean,
): Promise<Text | { readonly unread: string } | undefined> {
  const { since, lists } = await look(target, begun, signal, false);
  const refused = lists.find(list => list.refused !== undefined)?.refused;
  if (refused !== undefined && !mayBeRoot) return { unread: refused };
  const asRoot = refused !== undefined;
  const listed = asRoot ? (await look(target, begun, signal, true)).lists : lists;
  const still = listed.find(list => list.refused !== undefined)?.refused;
  if (still !== undefined) return { unread: still };
  // Each list begins with its newest.
  const newest = listed.flatMap(({ paths }) => paths.slice(0, 1));
  if (newest.length === 0) return undefined;
  const times = await timesOf(newest, target, signal, asRoot);
  const written = newest.map((path, at) => ({ path, time: times[at] ?? 0 }));
  const [last] = written.filter(({ time }) => time >= since).sort((a, b) => b.time - a.time);
  if (last === undefined) return undefined;
  return textOf(last.path, target, signal, asRoot, mayBeRoot);
}

/** undefined for one that went meanwhile. */
async function timesOf(
  paths: readonly string[],
  target: Target,
  signal: AbortSignal,
  asRoot: boolean,
): Promise<readonly (number | undefined)[]> {
  const read = async (form: StatForm) => {
    const calls = paths.map(path => panicReportTime(path, asRoot, form));
    return (await askTogether(target.runner, calls, signal)).map(time => time());
  };
  try {
    return await read('macOS');
  } catch (error) {
    if (error instanceof UnknownToolText) return read('coreutils');
    throw error;
  }
}

/** What is in the folders, and when the operation began by the target's clock, in seconds. */
async function look(target: Target, begun: number, signal: AbortSignal, asRoot: boolean) {
  const commands = [currentTime(), ...panicReportFolders.map(folder => panicReports(folder, asRoot))] as const;
  const asked = Date.now();
  const [clock, ...lists] = await askTogether(target.runner, commands, signal);
  const now = unless(UnknownToolText, clock) ?? Math.floor(asked / 1000);
  return { since: now - (asked - begun) / 1000 - slackSeconds, lists: lists.map(list => list()) };
}

/** A folder that may be listed can hold files that may not be read. */
async function textOf(
  path: string,
  target: Target,
  signal: AbortSignal,
  asRoot: boolean,
  mayBeRoot: boolean,
): Promise<Text> {
  const read = (root: boolean) => ask(target.runner, panicReportText(path, root), signal);
  const text = await read(asRoot).catch(error => {
    if (asRoot || !mayBeRoot || error instanceof TargetLost) throw error;
    return read(true);
  });
  return { path, text, ending: path.endsWith('.ips') ? 'ips' : 'panic' };
}
