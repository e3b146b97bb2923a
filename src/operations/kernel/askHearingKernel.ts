import { type About, lastAttempt, namesKext } from '../../diagnosis/lastAttempt.ts';
import { capabilitiesOf } from '../../model/capabilities.ts';
import { currentTime } from '../../tools/date.ts';
import { kernelLog } from '../../tools/kernelLog.ts';
import type { LogEvent } from '../../tools/log/logEvent.ts';
import { logSeconds } from '../../tools/log/logTime.ts';
import { ask } from '../../tools/port/runner.ts';
import type { Target } from '../../tools/port/target.ts';
import type { ToolCommand } from '../../tools/port/toolCommand.ts';
import { readSystem } from './readSystem.ts';
import { unlessUnread } from './unless.ts';

/** A load or an unload of a kext that is asked for. */
export interface Attempt<A> {
  readonly bundleIdentifier: string;
  readonly about: About;
  readonly command: ToolCommand<A>;
  /** Whether that answer is one that the kernel's reasons are wanted for. */
  readonly hasFailed: (answer: A) => boolean;
}

/** What a tool answered, and what the kernel said besides. */
export interface HeardAnswer<A> {
  readonly answer: A;
  /**
   * What it said of the kext in that attempt, oldest first, each line as a classic tool relays it. Empty where the tool relays them itself,
   * where it did not fail, and where the log has nothing or cannot be read: a diagnosis has the counts and the I/O Registry then.
   */
  readonly kernel: readonly string[];
}

/**
 * Asks for a load or an unload. Where the tool hands over to kmutil the kernel's reasons for a failure are in the log alone: they are read
 * there. Rejects as ask() does for the command.
 */
export async function askHearingKernel<A extends { readonly said: { readonly notices: readonly string[] } }>(
  attempt: Attempt<A>,
  target: Target,
  signal: AbortSignal,
): Promise<HeardAnswer<A>> {
  const begun = performance.now();
  const since = await timeThere(target, signal);
  const answer = await ask(target.runner, attempt.command, signal);
  if (!attempt.hasFailed(answer) || !handedOver(answer.said.notices)) return { answer, kernel: [] };
  const log = kernelLog(minutesSince(begun));
  const events = (await unlessUnread(ask(target.runner, log, signal))) ?? [];
  return { answer, kernel: linesOf(attempt, events, since ?? 0) };
}

/**
 * The target's clock before the attempt, in seconds since 1970, to tell its lines from those of an earlier one. undefined where no log is
 * read, and where the target does not tell the time.
 */
async function timeThere(target: Target, signal: AbortSignal): Promise<number | undefined> {
  const { kernelLines } = capabilitiesOf(await readSystem(target, signal));
  return kernelLines.value === 'in the log' ? unlessUnread(ask(target.runner, currentTime(), signal)) : undefined;
}

function handedOver(notices: readonly string[]): boolean {
  return notices.some(notice => notice.startsWith('Executing: /usr/bin/kmutil '));
}

/** Whole minutes that reach back before `begun`, with half a minute for the log to be asked. */
function minutesSince(begun: number): number {
  return Math.floor((performance.now() - begun + 30_000) / 60_000) + 1;
}

/** `from`: in seconds since 1970. */
function linesOf(
  attempt: Pick<Attempt<unknown>, 'bundleIdentifier' | 'about'>,
  all: readonly LogEvent[],
  from: number,
) {
  const { bundleIdentifier } = attempt;
  const events = all.filter(({ timestamp }) => (logSeconds(timestamp) ?? from) >= from);
  // The clock is read in whole seconds: an attempt before it may be in the same.
  const facts = lastAttempt(
    events.flatMap(event => event.facts),
    attempt,
  );
  const first = facts.find(line => namesKext(line, bundleIdentifier))?.line ?? 0;
  const others = events.filter(({ line }) => line >= first).flatMap(event => unknownLines(event, bundleIdentifier));
  return [...facts, ...others].toSorted((a, b) => a.line - b.line).map(({ text }) => `(kernel) ${text}`);
}

/** What it says of the kext in words that are not known: shown all the same. */
function unknownLines({ line, message, facts }: LogEvent, kext: string) {
  const known = new Set(facts.map(({ text }) => text));
  const texts = message.split('\n').filter(text => namesKext({ text }, kext) && !known.has(text));
  return texts.map(text => ({ line, text }));
}
