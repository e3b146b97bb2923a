/**
 * log(1) with `--style compact`. Accepted:
 *   2026-05-15 11:08:24.741 Df kernel[0:85533] (Pump) Pump: valve stuck
 *   2026-05-15 11:08:24.741 E  kernelmanagerd[100:1f3] [org.sample:load] checking
 * The type is `Df`, `I`, `Db`, `E` or `F`; behind the process stand its number and the thread.
 */
import type { LogHead } from './logEvent.ts';
import { withSender } from './logSender.ts';

const row = /^([\dxX-]{10} [\dxX:]{8}\.[\dxX]+)\s+([A-Z][a-z]?)\s+([^[\]]+)\[(\d+):([0-9a-f]+)\] ?([\s\S]*)$/;

const types: Readonly<Record<string, string>> = { Df: 'Default', I: 'Info', Db: 'Debug', E: 'Error', F: 'Fault' };

/** What the row says; undefined where it is none. */
export function readCompactRow(text: string): LogHead | undefined {
  const [, timestamp, type = '', process, pid, thread, rest] = row.exec(text) ?? [];
  if (rest === undefined) return undefined;
  return {
    timestamp,
    type: types[type] ?? type,
    process,
    pid: Number(pid),
    thread: `0x${thread}`,
    ...withSender(rest),
  };
}
