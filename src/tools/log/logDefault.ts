/**
 * log(1) in its default style, `log show` and `log stream` alike. Accepted, the columns by any number of blanks apart:
 *   2026-05-15 11:08:24.741500+0530 0x85533    Error       0x0                  0      0    kernel: (Pump) Pump: valve stuck
 *   2026-05-15 11:08:24.741500+0530 0x91f22    Default     0x0                  0      0    kernel: Kext org.sample.driver.Pump did not stop (return code 0x5).
 *   2026-05-15 11:08:24.741500+0530 0x92cfe    Info        0x0                  100    0    kernelmanagerd: (libsample) [org.sample:load] checking
 *   2017-10-03 10:33:01.421422-0700 0x74       Default     0x0                  0    kernel: (Pump) Pump::start      (10.13: no TTL)
 * Digits of a time that somebody masked with `x` are taken as digits.
 */
import type { LogHead } from './logEvent.ts';
import { withSender } from './logSender.ts';

const row =
  /^([\dxX-]{10} [\dxX:]{8}[.,]?[\dxX]*(?:[+-]\d{2}:?\d{2})?)\s+(0x[0-9a-f]+)\s+([A-Z]\w*(?: [A-Z]\w*)*)\s+0x[0-9a-f]+\s+(\d+)\s+(?:\d+\s+)?([^:]+): ?([\s\S]*)$/;

/** What the row says; undefined where it is none. */
export function readDefaultRow(text: string): LogHead | undefined {
  const [, timestamp, thread, type, pid, process, rest] = row.exec(text) ?? [];
  if (rest === undefined) return undefined;
  return { timestamp, thread, type, pid: Number(pid), process, ...withSender(rest) };
}
