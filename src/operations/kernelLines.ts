import { type About, lastAttempt, namesKext } from '../diagnosis/lastAttempt.ts';
import { capabilitiesOf } from '../model/capabilities.ts';
import { currentTime } from '../tools/date.ts';
import { kernelLog } from '../tools/kernelLog.ts';
import type { LogEvent } from '../tools/logEvent.ts';
import { logSeconds } from '../tools/logTime.ts';
import { ask } from '../tools/runner.ts';
import type { Target } from '../tools/target.ts';
import type { ToolCommand } from '../tools/toolCommand.ts';
import { ToolNotStarted, UnknownToolText } from '../tools/toolErrors.ts';
import { readSystem } from './readSystem.ts';

/** Whether the tool handed over to kmutil, which does not relay the kernel's lines: they are in the log alone. */
export function handedOver(notices: readonly string[]): boolean {
  return notices.some(notice => notice.startsWith('Executing: /usr/bin/kmutil '));
}

/** One attempt to load or unload a kext. */
export interface Attempt {
  readonly bundleIdentifier: string;
  readonly about: About;
  /** As attemptBegins gave it. */
  readonly since: number | undefined;
}

/**
 * To be asked before an attempt, for kernelLinesOf to know its lines from those of an earlier one: the target's clock, in seconds since
 * 1970. undefined where the tools relay the lines of the attempt themselves, and where the target does not tell the time.
 */
export async function attemptBegins(target: Target, signal: AbortSignal): Promise<number | undefined> {
  const { kernelLines } = capabilitiesOf(await readSystem(target, signal));
  return kernelLines.value === 'in the log' ? unlessUnread(target, currentTime(), signal) : undefined;
}

/**
 * What the kernel said of the kext in that attempt, oldest first, each line as a classic tool relays it. Empty where the log has
 * nothing or cannot be read: a diagnosis has the counts and the I/O Registry then.
 */
export async function kernelLinesOf(attempt: Attempt, target: Target, signal: AbortSignal): Promise<readonly string[]> {
  const { bundleIdentifier, since } = attempt;
  const all = (await unlessUnread(target, kernelLog(), signal)) ?? [];
  const from = since ?? 0;
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

async function unlessUnread<T>(target: Target, command: ToolCommand<T>, signal: AbortSignal): Promise<T | undefined> {
  return ask(target.runner, command, signal).catch((error: unknown) => {
    if (error instanceof ToolNotStarted || error instanceof UnknownToolText) return undefined;
    throw error;
  });
}
