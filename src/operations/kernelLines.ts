import { kernelLog } from '../tools/kernelLog.ts';
import type { LogEvent } from '../tools/logEvent.ts';
import { ask } from '../tools/runner.ts';
import type { Target } from '../tools/target.ts';
import { ToolNotStarted, UnknownToolText } from '../tools/toolErrors.ts';

/** Whether the tool handed over to kmutil, which does not relay the kernel's lines: they are in the log alone. */
export function handedOver(notices: readonly string[]): boolean {
  return notices.some(notice => notice.startsWith('Executing: /usr/bin/kmutil '));
}

/**
 * What the kernel said of the kext lately, oldest first, each line as a classic tool relays it. Empty where the log has
 * nothing or cannot be read: a diagnosis has the counts and the I/O Registry then.
 */
export async function kernelLinesOf(
  bundleIdentifier: string,
  target: Target,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const events = await ask(target.runner, kernelLog(), signal).catch((error: unknown): readonly LogEvent[] => {
    if (error instanceof ToolNotStarted || error instanceof UnknownToolText) return [];
    throw error;
  });
  const lines = events.flatMap(({ message }) => message.split('\n'));
  return lastAttempt(lines, bundleIdentifier).map(line => `(kernel) ${line}`);
}

/** The kernel's lines about the kext, from its last refusal to unload it on: the minute may hold several. */
function lastAttempt(lines: readonly string[], bundleIdentifier: string): readonly string[] {
  const own = lines.filter(line => line.split(/[\s;,:()]+/).includes(bundleIdentifier));
  const first = [
    `Can't unload kext ${bundleIdentifier};`,
    `Can't remove kext ${bundleIdentifier}; unsupported by cache.`,
  ];
  const begins = own.findLastIndex(line => first.some(beginning => line.startsWith(beginning)));
  return begins < 0 ? own : own.slice(begins);
}
